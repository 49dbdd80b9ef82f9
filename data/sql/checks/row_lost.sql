-- grain: one row per accepted landed row whose content is no version of any fact
-- severity: error
-- says: 已收下的行没有进入快照
with facts as (
    select fact_id from enterprise
    union all
    select fact_id from vehicle
    union all
    select fact_id from practitioner
    union all
    select fact_id from permit
    union all
    select fact_id from penalty
    union all
    select fact_id from inspection
    union all
    select fact_id from overload
),
held as (
    select distinct v.fact_key, v.content_hash
    from version as v
    inner join facts as f on f.fact_id = v.fact_id
)
select s.kind, s.batch_id, s.row_no
from staged as s
left join held as h on h.fact_key = s.fact_key and h.content_hash = s.content_hash
where h.fact_key is null
