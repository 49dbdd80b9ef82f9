-- grain: one row per over-limit case behind the red condition of the warning rule $rule; item = the vehicle
-- the share was compared by that rule, on this day, once; `said` is its sentence
select
    c.subject_type, c.subject_id, o.subject_id as item, e.happened_on, e.batch_id, e.row_no, e.note, c.since, c.sentence as said
from condition as c
inner join condition_evidence as e
    on e.rule_id = c.rule_id and e.subject_type = c.subject_type and e.subject_id = c.subject_id
inner join overload_known as o on o.batch_id = e.batch_id and o.row_no = e.row_no
where c.rule_id = $rule
  and c.level = 'red'
