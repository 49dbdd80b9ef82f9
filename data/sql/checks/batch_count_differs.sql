-- grain: one row per batch whose accepted rows are not as many as were counted at landing
-- severity: error
-- says: 批次的行数与入库时不符
with counted as (
    select batch_id, count(*) as rows_read
    from staged
    group by batch_id
)
select b.batch_id, b.accepted, coalesce(c.rows_read, 0) as rows_read
from batch as b
left join counted as c on c.batch_id = b.batch_id
where b.accepted <> coalesce(c.rows_read, 0)
