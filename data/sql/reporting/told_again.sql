-- grain: one row per line received later than the old years that told its fact first: a correction of history, no new report
with fresh as (
    select s.fact_key, s.batch_id, s.row_no, s.received_on
    from staged as s
    inner join batch as b on b.batch_id = s.batch_id
    where not b.backfill
),
old as (
    select o.fact_key, min(o.received_on) as received_on
    from staged as o
    inner join batch as b on b.batch_id = o.batch_id
    where b.backfill and o.fact_key in (select fact_key from fresh)
    group by o.fact_key
)
select f.batch_id, f.row_no
from fresh as f
inner join old as o on o.fact_key = f.fact_key
where o.received_on < f.received_on
