-- grain: one row per piece of evidence of a condition that does not exist
-- severity: error
-- says: 依据行没有对应的预警条件
select e.rule_id, e.subject_id, e.batch_id, e.row_no
from condition_evidence as e
left join condition as c
    on c.rule_id = e.rule_id and c.subject_type = e.subject_type and c.subject_id = e.subject_id
where c.rule_id is null
