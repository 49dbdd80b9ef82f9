-- grain: one row per known accident of the subject $subject_id, whether the record names it or it was the vehicle or the driver
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
where {known}
  and (l.subject_id = $subject_id or l.fact_id in (select fact_id from involved where subject_id = $subject_id))
