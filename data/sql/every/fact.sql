-- grain: one row per version of a fact, whatever its kind
select
    '{table}' as fact, fact_id, batch_id, row_no, happened_on, happened_basis, known_on, known_basis, until,
    subject_type, subject_id
from {table}
