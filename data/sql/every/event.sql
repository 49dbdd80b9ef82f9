-- grain: one row per version of a fact, as the history of its subject tells it
select
    l.subject_id, l.fact_id, '{kind}' as kind, l.happened_on, l.happened_basis,
    {headline} as headline,
    {detail} as detail,
    {basis} as legal_basis,
    {number} as doc_no,
    cast(null as text) as severity_level, cast(null as text) as severity_basis,
    {amount} as amount_yuan,
    cast(null as decimal(18, 6)) as over_rate, cast(null as text) as plate, cast(null as text) as vehicle_id,
    {authority} as authority,
    l.known_on, l.known_basis, l.until, l.batch_id, l.row_no
from {table} as l
where l.subject_id is not null
