-- grain: one row per subject of one source: the mean of its rows, cut at six decimals
select $source as source, subject_id, cast(sum(cast(amount as hugeint)) // sum(weight) // 1000 * 1000 as bigint) as value
from evidence
group by subject_id
having sum(weight) > 0
