-- grain: one row per subject and sort of fact that its history tells, as known at the end of $as_of (every/event tells the same)
with told as (
    select subject_id, fact
    from every_known
    where fact not in ('enterprise', 'vehicle', 'practitioner', 'licence', 'receipt', 'decision_register', 'overload')
    union all
    select unnest(list_distinct([subject_id, enterprise_id, driver_id])) as subject_id, 'overload' as fact
    from overload_known
    union all
    select subject_id, 'accident' as fact
    from involved
    union all
    select subject_id, 'decision_register' as fact
    from duty
    where in_register and not recorded
)
select subject_id, fact, cast(count(*) as integer) as events
from told
where subject_id is not null
group by subject_id, fact
