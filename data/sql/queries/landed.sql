-- grain: one row per batch the snapshot was built from
select
    batch_id,
    kind
from batch
order by kind, batch_id
