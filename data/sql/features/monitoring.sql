-- grain: one row per enterprise with monitoring figures of the last 180 days: alarms, those handled, speeding and fatigue, vehicle-months
select
    subject_id,
    sum(coalesce(alarms, 0)) as alarms_180,
    sum(least(coalesce(handled, 0), coalesce(alarms, 0))) as handled_180,
    sum(coalesce(overspeed, 0) + coalesce(fatigue, 0)) as speeding_180,
    sum(coalesce(vehicles, 1)) as vehicle_months_180
from monitoring_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on <= cast($as_of as date)
  and happened_on > cast($as_of as date) - 180
group by subject_id
