-- grain: one row per sort of fact that the history of one subject tells, with how many
select fact, events
from history
where subject_id = $subject_id
order by fact
