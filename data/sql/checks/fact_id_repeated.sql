-- grain: one row per fact id that occurs more than once
-- severity: error
-- says: 同一事实编号出现多次
with facts as (
    select 'enterprise' as fact, fact_id from enterprise
    union all
    select 'vehicle', fact_id from vehicle
    union all
    select 'practitioner', fact_id from practitioner
    union all
    select 'licence', fact_id from licence
    union all
    select 'permit', fact_id from permit
    union all
    select 'penalty', fact_id from penalty
    union all
    select 'inspection', fact_id from inspection
    union all
    select 'overload', fact_id from overload
)
select fact, fact_id, count(*) as times
from facts
group by fact, fact_id
having count(*) > 1
