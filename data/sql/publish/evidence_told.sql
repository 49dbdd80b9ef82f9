-- grain: one row per fact behind a condition whose key is in `told`, in the order to show
select e.rule_id, e.subject_type, e.subject_id, e.batch_id, e.row_no, e.happened_on, e.note
from condition_evidence as e
inner join told as t on t.rule_id = e.rule_id and t.subject_type = e.subject_type and t.subject_id = e.subject_id
order by e.rule_id, e.subject_type, e.subject_id, e.ordinal
