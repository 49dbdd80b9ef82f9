-- grain: one row per registered enterprise in business at the end of $as_of
-- everything is what was known on the day; an enterprise is described by its own records, its peers and its county only lend averages
-- a penalty whose publicity has ended (run out, repaired or withdrawn) is out from that day on; who inspected is never read
-- whole numbers only: `_x100` are hundredths, `_permille` thousandths, `_percent` hundredths of what the peers' rate would give
-- in the share of findings recent records weigh more, falling to nought at 1095 days; 3 checks of the peers are added
-- -1 where there is nothing to be counted of (no vehicle monitored, no licence known): such a value has a bin of its own
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
banded as (
    select
        *,
        case
            when sum(vehicles) over (partition by sector) = 0 then ''
            when vehicles <= 2 then '（0–2 辆）'
            when vehicles <= 10 then '（3–10 辆）'
            else '（11 辆以上）'
        end as size_band
    from counted
),
sized as (
    select *, count(*) over (partition by sector, size_band) as group_size
    from banded
),
grouped as (
    select *, case when group_size >= 10 then sector || size_band else sector || '（不分规模）' end as peer_group
    from sized
),
peer as (
    select
        peer_group,
        count(*) as firms,
        sum(vehicles) as vehicles,
        sum(goods_vehicles) as goods_vehicles,
        sum(staff) as staff,
        sum(checks_1095) as checks_1095,
        sum(findings_1095) as findings_1095,
        sum(findings_365) as findings_365,
        sum(checks_weight) as checks_weight,
        sum(findings_weight) as findings_weight,
        sum(penalties_365) as penalties_365,
        sum(penalties_1095) as penalties_1095,
        sum(overloads_1095) as overloads_1095,
        sum(driver_penalties_365) as driver_penalties_365
    from grouped
    group by peer_group
),
place as (
    select county, sum(checks_365) as checks_365, sum(findings_365) as findings_365
    from grouped
    group by county
),
city as (
    select count(*) as firms, sum(vehicles) as vehicles, sum(staff) as staff
    from grouped
),
answer as (
    select
        'enterprise' as subject_type,
        grouped.subject_id,
        grouped.sector,
        grouped.county,
        grouped.peer_group,
        grouped.last_grade,
        grouped.market_class,
        cast(grouped.age_days as integer) as age_days,
        cast(grouped.vehicles as integer) as vehicles,
        cast(grouped.goods_vehicles as integer) as goods_vehicles,
        cast(grouped.staff as integer) as staff,
        cast(grouped.checks_365 as integer) as checks_365,
        cast(grouped.findings_365 as integer) as findings_365,
        cast(grouped.checks_730 as integer) as checks_730,
        cast(grouped.findings_730 as integer) as findings_730,
        cast(grouped.checks_1095 as integer) as checks_1095,
        cast(grouped.findings_1095 as integer) as findings_1095,
        cast(grouped.clear_checks_1095 as integer) as clear_checks_1095,
        cast(grouped.overdue_1095 as integer) as overdue_1095,
        cast(grouped.days_since_check as integer) as days_since_check,
        cast(grouped.penalties_365 as integer) as penalties_365,
        cast(grouped.ordinary_365 as integer) as ordinary_365,
        cast(grouped.penalties_730 as integer) as penalties_730,
        cast(grouped.penalties_1095 as integer) as penalties_1095,
        cast(grouped.driver_penalties_365 as integer) as driver_penalties_365,
        cast(grouped.overloads_365 as integer) as overloads_365,
        cast(grouped.overloads_730 as integer) as overloads_730,
        cast(grouped.overloads_1095 as integer) as overloads_1095,
        cast(grouped.complaints_730 as integer) as complaints_730,
        cast(grouped.accidents_1095 as integer) as accidents_1095,
        cast(grouped.deaths_1095 as integer) as deaths_1095,
        cast(grouped.alarms_180 as integer) as alarms_180,
        cast(grouped.handled_180 as integer) as handled_180,
        cast(grouped.speeding_180 as integer) as speeding_180,
        cast(grouped.vehicle_months_180 as integer) as vehicle_months_180,
        cast(grouped.vehicles_lapsing as integer) as vehicles_lapsing,
        cast(grouped.staff_lapsing as integer) as staff_lapsing,
        cast(grouped.staff_failed as integer) as staff_failed,
        cast(grouped.broken_1095 as integer) as broken_1095,
        cast(grouped.lists as integer) as lists,
        cast(grouped.changes_730 as integer) as changes_730,
        cast(coalesce(grouped.licence_days, -9999) as integer) as licence_days,
        cast(floor(grouped.severity_weight * 100 / 1095) as integer) as severity_points,
        cast(floor(
            (grouped.penalties_1095 + 1) * greatest(peer.vehicles, 1) * 100
            / (peer.penalties_1095 * grouped.vehicles + greatest(peer.vehicles, 1))
        ) as integer) as penalty_percent,
        cast(case
            when grouped.vehicle_months_180 = 0 then -1
            else floor(grouped.speeding_180 * 100 / grouped.vehicle_months_180)
        end as integer) as speeding_x100,
        cast(case
            when grouped.alarms_180 = 0 then -1
            else floor((grouped.alarms_180 - grouped.handled_180) * 1000 / grouped.alarms_180)
        end as integer) as unhandled_permille,
        cast(case
            when grouped.vehicles = 0 then -1
            else floor(grouped.vehicles_lapsing * 1000 / grouped.vehicles)
        end as integer) as vehicles_lapsing_permille,
        cast(case
            when grouped.staff = 0 then -1
            else floor(grouped.staff_lapsing * 1000 / grouped.staff)
        end as integer) as staff_lapsing_permille,
        cast(floor(place.findings_365 * 1000 / greatest(place.checks_365, 1)) as integer) as county_share_permille,
        cast(floor(
            (grouped.findings_weight * greatest(peer.checks_weight, 1) + 3 * 1095 * peer.findings_weight) * 1000
            / ((grouped.checks_weight + 3 * 1095) * greatest(peer.checks_weight, 1))
        ) as integer) as finding_share_permille,
        cast(floor(
            (grouped.overloads_1095 + 1) * greatest(peer.goods_vehicles, 1) * 100
            / (peer.overloads_1095 * grouped.goods_vehicles + greatest(peer.goods_vehicles, 1))
        ) as integer) as overload_percent,
        cast(floor(
            (grouped.driver_penalties_365 + 1) * greatest(peer.staff, 1) * 100
            / (peer.driver_penalties_365 * grouped.staff + greatest(peer.staff, 1))
        ) as integer) as driver_percent,
        cast(floor(peer.findings_1095 * 1000 / greatest(peer.checks_1095, 1)) as integer) as peer_share_x100,
        cast(floor(peer.checks_1095 * 100 / peer.firms) as integer) as peer_checks_x100,
        cast(floor(peer.findings_1095 * 100 / peer.firms) as integer) as peer_findings_x100,
        cast(floor(peer.findings_365 * 100 / peer.firms) as integer) as peer_findings_365_x100,
        cast(floor(peer.penalties_365 * 100 / peer.firms) as integer) as peer_penalties_x100,
        cast(floor(peer.overloads_1095 * 1000 / greatest(peer.goods_vehicles, 1)) as integer) as peer_overloads_x100,
        cast(floor(peer.driver_penalties_365 * 1000 / greatest(peer.staff, 1)) as integer) as peer_drivers_x100,
        cast(floor(city.vehicles * 100 / city.firms) as integer) as city_vehicles_x100,
        cast(floor(city.staff * 100 / city.firms) as integer) as city_staff_x100
    from grouped
    join peer on peer.peer_group = grouped.peer_group
    join place on place.county = grouped.county
    cross join city
)
select *
from answer
order by subject_id
