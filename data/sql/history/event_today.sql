-- grain: one row per event that is one at the end of $as_of only: an accident for the one vehicle, by its plate, or the one driver,
-- by certificate, in it; and a line of a register while the record of its decision has not arrived
-- a plate without its colour means a vehicle only where no second one has the same plate
with vehicles as (
    select a.fact_id, 'vehicle' as subject_type, v.subject_id
    from accident_known as a
    inner join vehicle_known as v on v.plate = a.plate and (a.plate_colour is null or a.plate_colour = v.plate_colour)
    where a.subject_id is distinct from v.subject_id
),
drivers as (
    select a.fact_id, 'practitioner' as subject_type, p.subject_id
    from accident_known as a
    inner join practitioner_known as p on p.cert_no_key = a.driver_cert_no_key
    where a.subject_id is distinct from p.subject_id
),
found as (
    select * from vehicles
    union
    select * from drivers
),
involved as (
    select fact_id, min(subject_id) as subject_id
    from found
    group by fact_id, subject_type
    having count(distinct subject_id) = 1
)
select e.* replace (i.subject_id as subject_id)
from event as e
inner join involved as i on i.fact_id = e.fact_id
where e.kind = 'accident'
union all
select e.*
from event as e
inner join duty as d on d.register_batch_id = e.batch_id and d.register_row_no = e.row_no and d.subject_id = e.subject_id
where e.kind = 'decision_register' and not d.recorded
