-- grain: one row per subject of one source: the most that one of its rows tells
select $source as source, subject_id, cast(max(amount) as bigint) as value
from evidence
group by subject_id
having count(amount) > 0
