-- grain: one row per version of a penalty, with its severity and who set it
select
    l.subject_id, l.fact_id, '{kind}' as kind, l.happened_on, l.happened_basis,
    l.violation_type as headline, l.content as detail, l.legal_basis, l.doc_no,
    l.severity_level, l.severity_basis, l.fine_yuan as amount_yuan,
    cast(null as decimal(18, 6)) as over_rate, cast(null as text) as plate, cast(null as text) as vehicle_id,
    l.authority, l.known_on, l.known_basis, l.until, l.batch_id, l.row_no
from {table} as l
where l.subject_id is not null
