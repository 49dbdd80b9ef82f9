-- grain: one row per part of the change of one enterprise since the end of the month before, the largest first
select *
from risk_change
where subject_id = $subject_id
order by ordinal
