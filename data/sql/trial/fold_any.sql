-- grain: one row per subject of one source that has a row which is not nought
select $source as source, subject_id, cast(1000000000 as bigint) as value
from evidence
where amount > 0
group by subject_id
