-- grain: one row per scheme that grades the subject: the running period so far
select *
from trial
where subject_id = $subject_id
order by scheme
