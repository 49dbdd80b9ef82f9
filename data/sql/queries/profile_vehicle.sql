-- grain: one row per register entry of one vehicle known on the day, the latest first
select *
from vehicle_known
where subject_id = $subject_id
order by known_on desc, batch_id, row_no
