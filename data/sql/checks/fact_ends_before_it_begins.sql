-- grain: one row per fact version that stops being known before it is known
-- severity: error
-- says: 事实的失效日早于知悉日
with facts as (
    select 'enterprise' as fact, fact_id, known_on, until from enterprise
    union all
    select 'vehicle', fact_id, known_on, until from vehicle
    union all
    select 'practitioner', fact_id, known_on, until from practitioner
    union all
    select 'licence', fact_id, known_on, until from licence
    union all
    select 'permit', fact_id, known_on, until from permit
    union all
    select 'penalty', fact_id, known_on, until from penalty
    union all
    select 'inspection', fact_id, known_on, until from inspection
    union all
    select 'overload', fact_id, known_on, until from overload
)
select fact, fact_id, known_on, until
from facts
where until < known_on
