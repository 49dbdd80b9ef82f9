-- grain: one row per source and subject: what its rows come to together
select source, subject_id, cast(sum(amount) as bigint) as value
from evidence
group by source, subject_id
having count(amount) > 0
