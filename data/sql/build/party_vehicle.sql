-- grain: one row per way of naming a vehicle, with the subject it means on the build's day
with registered as (
    select distinct subject_id, plate, plate_colour
    from vehicle_known
    where subject_id is not null
),
by_plate as (
    select
        plate,
        min(subject_id) as subject_id,
        count(distinct subject_id) as vehicles,
        count(plate_colour) as coloured
    from registered
    group by plate
),
claims as (
    select distinct subject_type, party, own_key, plate, plate_colour
    from claim
    where subject_type = 'vehicle'
),
exact as (
    select distinct subject_id from registered
)
select
    c.subject_type,
    c.party,
    case
        when x.subject_id is not null then x.subject_id
        when b.vehicles = 1 and (c.plate_colour is null or b.coloured = 0) then b.subject_id
        when b.vehicles > 1 and c.plate_colour is null then null
        else k.subject_id
    end as subject_id,
    case
        when x.subject_id is not null then 'plate_colour'
        when b.vehicles = 1 and (c.plate_colour is null or b.coloured = 0) then 'plate'
        when b.vehicles > 1 and c.plate_colour is null then null
        else 'own_key'
    end as resolved_by
from claims as c
left join subject_key as k on k.subject_type = c.subject_type and k.first_key = c.own_key
left join exact as x on x.subject_id = k.subject_id
left join by_plate as b on b.plate = c.plate
