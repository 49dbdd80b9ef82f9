-- grain: one row per source and subject: the mean of its rows, cut at six decimals
select source, subject_id, cast(sum(cast(amount as hugeint)) // sum(weight) // 1000 * 1000 as bigint) as value
from evidence
group by source, subject_id
having sum(weight) > 0
