-- grain: one row per fact whose batch is not in the record
-- severity: error
-- says: 事实找不到来源批次
select f.fact, f.fact_id, f.batch_id
from every_fact as f
left join batch as b on b.batch_id = f.batch_id
where b.batch_id is null
