-- grain: one row per version of an over-limit case and each whom it concerns: the vehicle, the enterprise that loaded, the driver
select
    l.whom as subject_id, l.fact_id, '{kind}' as kind, l.happened_on, l.happened_basis,
    l.goods as headline, l.station as detail, cast(null as text) as legal_basis, l.case_no as doc_no,
    cast(null as text) as severity_level, cast(null as text) as severity_basis, l.fine_yuan as amount_yuan,
    l.over_rate, l.plate, l.vehicle_id, l.authority, l.known_on, l.known_basis, l.until, l.batch_id, l.row_no
from (select *, unnest(list_distinct([subject_id, enterprise_id, driver_id])) as whom from {table}) as l
where l.whom is not null
