-- grain: one row per source and subject that has a row which is not nought
select source, subject_id, cast(1000000000 as bigint) as value
from evidence
where amount > 0
group by source, subject_id
