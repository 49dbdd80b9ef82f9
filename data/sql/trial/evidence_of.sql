-- grain: one row per row behind one source
select subject_id, batch_id, row_no, happened_on, known_on, label, amount, weight
from evidence_row
where source = $source
