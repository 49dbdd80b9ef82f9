-- grain: one row per subject of one source: what its rows come to together
select $source as source, subject_id, cast(sum(amount) as bigint) as value
from evidence
group by subject_id
having count(amount) > 0
