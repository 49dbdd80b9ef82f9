-- grain: one row per pair of enterprises and vehicle that both had, one after the other, as the register tells
with held as (
    select subject_id as vehicle_id, owner_id, plate, batch_id, row_no
    from vehicle
    where known_on <= $as_of and owner_id is not null and subject_id is not null
    qualify row_number() over (partition by subject_id, owner_id order by known_on, batch_id, row_no) = 1
),
moved as (
    select vehicle_id from held group by vehicle_id having count(*) > 1
),
kept as (
    select h.* from held as h inner join moved as m on m.vehicle_id = h.vehicle_id
)
select
    a.owner_id as left_id,
    b.owner_id as right_id,
    a.vehicle_id,
    a.plate,
    a.batch_id as left_batch_id, a.row_no as left_row_no, b.batch_id as right_batch_id, b.row_no as right_row_no
from kept as a
inner join kept as b on b.vehicle_id = a.vehicle_id and b.owner_id > a.owner_id
