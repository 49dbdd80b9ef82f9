-- grain: one row per known over-limit case of the subject $subject_id: its vehicle, the enterprise that loaded, or the driver
select
    '{kind}' as kind, l.happened_on, l.happened_basis, l.goods as headline, l.station as detail, cast(null as text) as legal_basis,
    l.case_no as doc_no, cast(null as text) as severity_level, cast(null as text) as severity_basis, l.fine_yuan as amount_yuan,
    l.over_rate, l.plate, l.vehicle_id, l.authority, l.known_on, l.known_basis, l.batch_id, l.row_no
from {table} as l
where {known}
  and $subject_id in (l.subject_id, l.enterprise_id, l.driver_id)
