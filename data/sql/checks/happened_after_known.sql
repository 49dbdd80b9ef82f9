-- grain: one row per fact that is known before it happened; registers and licences may begin later
-- severity: error
-- says: 记录在发生之前就已知悉，日期必有一个错
with facts as (
    select fact, batch_id, row_no, happened_on, known_on
    from every_known
    where fact not in ('enterprise', 'vehicle', 'practitioner', 'licence')
    union all
    select 'penalty', batch_id, row_no, decision_date, known_on
    from penalty_known
    where happened_on <= known_on
)
select fact, batch_id, row_no, happened_on, known_on
from facts
where happened_on > known_on
