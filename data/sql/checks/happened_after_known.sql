-- grain: one row per fact that is known before it happened
-- severity: error
-- says: 记录在发生之前就已知悉，日期必有一个错
with facts as (
    select 'permit' as fact, batch_id, row_no, happened_on, known_on from permit_known
    union all
    select 'penalty', batch_id, row_no, greatest(happened_on, decision_date), known_on from penalty_known
    union all
    select 'inspection', batch_id, row_no, happened_on, known_on from inspection_known
    union all
    select 'overload', batch_id, row_no, happened_on, known_on from overload_known
)
select fact, batch_id, row_no, happened_on, known_on
from facts
where happened_on > known_on
