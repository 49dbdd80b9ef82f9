-- grain: one row per fact known at the end of $as_of, whatever its kind
select
    '{table}' as fact, fact_id, batch_id, row_no, happened_on, happened_basis, known_on, known_basis, until,
    subject_type, subject_id
from {table} as l
where {known}
