-- grain: one row per cause that moved the points of one enterprise since the end of the month before
select cause, points_change
from risk_cause
where subject_id = $subject_id
order by abs(points_change) desc, cause
