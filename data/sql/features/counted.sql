-- grain: one row per registered enterprise in business: its own counts on the day, and the group of its peers (sector and size)
with counted as (
    select
        feature_enterprise.subject_id,
        coalesce(feature_enterprise.sector, '未填') as sector,
        coalesce(feature_enterprise.county, '未填') as county,
        cast($as_of as date) - feature_since.since as age_days,
        coalesce(feature_fleet_size.vehicles, 0) as vehicles,
        coalesce(feature_fleet_size.goods_vehicles, 0) as goods_vehicles,
        coalesce(feature_fleet_size.vehicles_lapsing, 0) as vehicles_lapsing,
        coalesce(feature_staff_size.staff, 0) as staff,
        coalesce(feature_staff_size.staff_lapsing, 0) as staff_lapsing,
        coalesce(feature_staff_size.staff_failed, 0) as staff_failed,
        coalesce(feature_checks.checks_365, 0) as checks_365,
        coalesce(feature_checks.findings_365, 0) as findings_365,
        coalesce(feature_checks.checks_730, 0) as checks_730,
        coalesce(feature_checks.findings_730, 0) as findings_730,
        coalesce(feature_checks.checks_1095, 0) as checks_1095,
        coalesce(feature_checks.findings_1095, 0) as findings_1095,
        coalesce(feature_checks.clear_checks_1095, 0) as clear_checks_1095,
        coalesce(feature_checks.overdue_1095, 0) as overdue_1095,
        coalesce(feature_checks.checks_weight, 0) as checks_weight,
        coalesce(feature_checks.findings_weight, 0) as findings_weight,
        feature_checks.days_since_check,
        coalesce(feature_penalties.penalties_365, 0) as penalties_365,
        coalesce(feature_penalties.ordinary_365, 0) as ordinary_365,
        coalesce(feature_penalties.penalties_730, 0) as penalties_730,
        coalesce(feature_penalties.penalties_1095, 0) as penalties_1095,
        coalesce(feature_penalties.severity_weight, 0) as severity_weight,
        coalesce(feature_drivers.driver_penalties_365, 0) as driver_penalties_365,
        coalesce(feature_overloads.overloads_365, 0) as overloads_365,
        coalesce(feature_overloads.overloads_730, 0) as overloads_730,
        coalesce(feature_overloads.overloads_1095, 0) as overloads_1095,
        coalesce(feature_complaints.complaints_730, 0) as complaints_730,
        coalesce(feature_accidents.accidents_1095, 0) as accidents_1095,
        coalesce(feature_accidents.deaths_1095, 0) as deaths_1095,
        coalesce(feature_monitoring.alarms_180, 0) as alarms_180,
        coalesce(feature_monitoring.handled_180, 0) as handled_180,
        coalesce(feature_monitoring.speeding_180, 0) as speeding_180,
        coalesce(feature_monitoring.vehicle_months_180, 0) as vehicle_months_180,
        coalesce(feature_promised.broken_1095, 0) as broken_1095,
        coalesce(feature_listed.lists, 0) as lists,
        coalesce(feature_changed.changes_730, 0) as changes_730,
        feature_permitted.licence_days,
        coalesce(feature_rated.last_grade, '没有') as last_grade,
        coalesce(feature_classed.market_class, '没有') as market_class
    from feature_enterprise
    join feature_since on feature_since.subject_id = feature_enterprise.subject_id
    left join feature_fleet_size on feature_fleet_size.subject_id = feature_enterprise.subject_id
    left join feature_staff_size on feature_staff_size.subject_id = feature_enterprise.subject_id
    left join feature_checks on feature_checks.subject_id = feature_enterprise.subject_id
    left join feature_penalties on feature_penalties.subject_id = feature_enterprise.subject_id
    left join feature_drivers on feature_drivers.subject_id = feature_enterprise.subject_id
    left join feature_overloads on feature_overloads.subject_id = feature_enterprise.subject_id
    left join feature_complaints on feature_complaints.subject_id = feature_enterprise.subject_id
    left join feature_accidents on feature_accidents.subject_id = feature_enterprise.subject_id
    left join feature_monitoring on feature_monitoring.subject_id = feature_enterprise.subject_id
    left join feature_rated on feature_rated.subject_id = feature_enterprise.subject_id
    left join feature_classed on feature_classed.subject_id = feature_enterprise.subject_id
    left join feature_permitted on feature_permitted.subject_id = feature_enterprise.subject_id
    left join feature_promised on feature_promised.subject_id = feature_enterprise.subject_id
    left join feature_listed on feature_listed.subject_id = feature_enterprise.subject_id
    left join feature_changed on feature_changed.subject_id = feature_enterprise.subject_id
    where not regexp_matches(coalesce(feature_enterprise.status, ''), '注销|吊销|撤销|停业|歇业')
),
sized as (
    select sector, sum(vehicles) as vehicles
    from counted
    group by sector
),
banded as (
    select
        counted.subject_id,
        counted.sector,
        case
            when sized.vehicles = 0 then ''
            when counted.vehicles <= 2 then '（0–2 辆）'
            when counted.vehicles <= 10 then '（3–10 辆）'
            else '（11 辆以上）'
        end as size_band
    from counted
    join sized on sized.sector = counted.sector
),
grouped as (
    select sector, size_band, count(*) as firms
    from banded
    group by sector, size_band
)
select
    counted.*,
    case when grouped.firms >= 10 then banded.sector || banded.size_band else banded.sector || '（不分规模）' end as peer_group
from counted
join banded on banded.subject_id = counted.subject_id
join grouped on grouped.sector = banded.sector and grouped.size_band = banded.size_band
