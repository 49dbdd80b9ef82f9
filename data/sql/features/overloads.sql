-- grain: one row per enterprise whose vehicles were over the limit: how often in one, two and three years
with overloaded as (
    select feature_fleet.subject_id, cast($as_of as date) - overload_known.happened_on as age
    from overload_known
    join feature_fleet on feature_fleet.vehicle_id = overload_known.subject_id
    where overload_known.happened_on <= cast($as_of as date)
      and coalesce(overload_known.over_t, 1) > 0
)
select
    subject_id,
    sum(case when age < 365 then 1 else 0 end) as overloads_365,
    sum(case when age < 730 then 1 else 0 end) as overloads_730,
    sum(case when age < 1095 then 1 else 0 end) as overloads_1095
from overloaded
group by subject_id
