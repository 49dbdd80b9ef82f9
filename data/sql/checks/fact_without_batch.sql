-- grain: one row per fact whose batch is not in the record
-- severity: error
-- says: 事实找不到来源批次
with facts as (
    select 'enterprise' as fact, fact_id, batch_id from enterprise
    union all
    select 'vehicle', fact_id, batch_id from vehicle
    union all
    select 'practitioner', fact_id, batch_id from practitioner
    union all
    select 'licence', fact_id, batch_id from licence
    union all
    select 'permit', fact_id, batch_id from permit
    union all
    select 'penalty', fact_id, batch_id from penalty
    union all
    select 'inspection', fact_id, batch_id from inspection
    union all
    select 'overload', fact_id, batch_id from overload
)
select f.fact, f.fact_id, f.batch_id
from facts as f
left join batch as b on b.batch_id = f.batch_id
where b.batch_id is null
