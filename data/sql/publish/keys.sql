-- grain: one row per condition, by its key
select rule_id, subject_type, subject_id
from condition
order by rule_id, subject_type, subject_id
