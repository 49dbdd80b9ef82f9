-- grain: one row per batch named in $ids
select *
from batch
where list_contains($ids, batch_id)
order by batch_id
