-- grain: one row per vehicle of one owner on the register on the day
select
    subject_id,
    plate,
    plate_colour,
    vehicle_type,
    status,
    inspection_until
from vehicle_known
where owner_id = $subject_id
order by plate, plate_colour, subject_id
