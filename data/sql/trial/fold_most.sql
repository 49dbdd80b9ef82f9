-- grain: one row per source and subject: the most that one of its rows tells
select source, subject_id, cast(max(amount) as bigint) as value
from evidence
group by source, subject_id
having count(amount) > 0
