-- grain: one row per version of one over-limit case: the vehicle, its owner by the register, the driver
select
    v.fact_id, v.happened_on, v.happened_basis, v.known_on, v.known_basis, v.until,
    case when v.until is not null then 'corrected' end as until_reason,
    v.subject_type,
    p.subject_id,
    p.resolved_by,
    p.vehicle_id,
    p.enterprise_id,
    p.driver_id,
    l.* exclude (content_hash)
from chosen as v
inner join landed_overload as l on l.batch_id = v.batch_id and l.row_no = v.row_no
inner join overload_party as p on p.fact_id = v.fact_id
where v.kind = 'overload'
