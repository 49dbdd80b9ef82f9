-- grain: one row per known line of a register that names the subject $subject_id and of which no record has arrived
select
    '{kind}' as kind, l.happened_on, l.happened_basis,
    {headline} as headline,
    {detail} as detail,
    {basis} as legal_basis,
    {number} as doc_no,
    cast(null as text) as severity_level, cast(null as text) as severity_basis,
    {amount} as amount_yuan,
    cast(null as decimal(18, 6)) as over_rate, cast(null as text) as plate, cast(null as text) as vehicle_id,
    {authority} as authority,
    l.known_on, l.known_basis, l.batch_id, l.row_no
from {table} as l
inner join duty as d on d.register_batch_id = l.batch_id and d.register_row_no = l.row_no
where {known}
  and d.subject_id = $subject_id and not d.recorded
