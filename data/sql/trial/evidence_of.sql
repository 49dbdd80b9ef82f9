-- grain: one row per row behind some sources
select source, subject_id, batch_id, row_no, happened_on, known_on, label, amount, weight
from evidence_row
where list_contains($sources, source)
