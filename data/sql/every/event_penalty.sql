-- grain: one row per known penalty of the subject $subject_id, with its severity and who set it
select
    '{kind}' as kind, l.happened_on, l.happened_basis, l.violation_type as headline, l.content as detail, l.legal_basis, l.doc_no,
    l.severity_level, l.severity_basis, l.fine_yuan as amount_yuan,
    cast(null as decimal(18, 6)) as over_rate, cast(null as text) as plate, cast(null as text) as vehicle_id,
    l.authority, l.known_on, l.known_basis, l.batch_id, l.row_no
from {table} as l
where {known}
  and l.subject_id = $subject_id
