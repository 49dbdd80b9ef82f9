-- grain: one row per fact behind a condition, in the order to show, with its place in it
select rule_id, subject_type, subject_id, ordinal, batch_id, row_no, happened_on, note
from condition_evidence
order by rule_id, subject_type, subject_id, ordinal
