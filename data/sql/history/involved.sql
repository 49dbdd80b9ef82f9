-- grain: one row per accident known at the end of $as_of and the one vehicle by its plate, or the one driver by certificate, in it
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
)
select fact_id, subject_type, min(subject_id) as subject_id
from found
group by fact_id, subject_type
having count(distinct subject_id) = 1
