-- grain: one row per registered enterprise in business at the end of $as_of
-- everything is what was known on the day; an enterprise is described by its own records, its peers and its county only lend averages
-- a penalty whose publicity has ended (run out, repaired or withdrawn) is out from that day on; who inspected is never read
-- whole numbers only: `_x100` are hundredths, `_permille` thousandths, `_percent` hundredths of what the peers' rate would give
-- in the share of findings recent records weigh more, falling to nought at 1095 days; 3 checks of the peers are added
-- -1 where there is nothing to be counted of (no vehicle monitored, no licence known): such a value has a bin of its own
with answer as (
    select
        'enterprise' as subject_type,
        feature_counted.subject_id,
        feature_counted.sector,
        feature_counted.county,
        feature_counted.peer_group,
        feature_counted.last_grade,
        feature_counted.market_class,
        cast(feature_counted.age_days as integer) as age_days,
        cast(feature_counted.vehicles as integer) as vehicles,
        cast(feature_counted.goods_vehicles as integer) as goods_vehicles,
        cast(feature_counted.staff as integer) as staff,
        cast(feature_counted.checks_365 as integer) as checks_365,
        cast(feature_counted.findings_365 as integer) as findings_365,
        cast(feature_counted.checks_730 as integer) as checks_730,
        cast(feature_counted.findings_730 as integer) as findings_730,
        cast(feature_counted.checks_1095 as integer) as checks_1095,
        cast(feature_counted.findings_1095 as integer) as findings_1095,
        cast(feature_counted.clear_checks_1095 as integer) as clear_checks_1095,
        cast(feature_counted.overdue_1095 as integer) as overdue_1095,
        cast(feature_counted.days_since_check as integer) as days_since_check,
        cast(feature_counted.penalties_365 as integer) as penalties_365,
        cast(feature_counted.ordinary_365 as integer) as ordinary_365,
        cast(feature_counted.penalties_730 as integer) as penalties_730,
        cast(feature_counted.penalties_1095 as integer) as penalties_1095,
        cast(feature_counted.driver_penalties_365 as integer) as driver_penalties_365,
        cast(feature_counted.overloads_365 as integer) as overloads_365,
        cast(feature_counted.overloads_730 as integer) as overloads_730,
        cast(feature_counted.overloads_1095 as integer) as overloads_1095,
        cast(feature_counted.complaints_730 as integer) as complaints_730,
        cast(feature_counted.accidents_1095 as integer) as accidents_1095,
        cast(feature_counted.deaths_1095 as integer) as deaths_1095,
        cast(feature_counted.alarms_180 as integer) as alarms_180,
        cast(feature_counted.handled_180 as integer) as handled_180,
        cast(feature_counted.speeding_180 as integer) as speeding_180,
        cast(feature_counted.vehicle_months_180 as integer) as vehicle_months_180,
        cast(feature_counted.vehicles_lapsing as integer) as vehicles_lapsing,
        cast(feature_counted.staff_lapsing as integer) as staff_lapsing,
        cast(feature_counted.staff_failed as integer) as staff_failed,
        cast(feature_counted.broken_1095 as integer) as broken_1095,
        cast(feature_counted.lists as integer) as lists,
        cast(feature_counted.changes_730 as integer) as changes_730,
        cast(coalesce(feature_counted.licence_days, -9999) as integer) as licence_days,
        cast(floor(feature_counted.severity_weight * 100 / 1095) as integer) as severity_points,
        cast(floor(
            (feature_counted.penalties_1095 + 1) * greatest(feature_peer.vehicles, 1) * 100
            / (feature_peer.penalties_1095 * feature_counted.vehicles + greatest(feature_peer.vehicles, 1))
        ) as integer) as penalty_percent,
        cast(case
            when feature_counted.vehicle_months_180 = 0 then -1
            else floor(feature_counted.speeding_180 * 100 / feature_counted.vehicle_months_180)
        end as integer) as speeding_x100,
        cast(case
            when feature_counted.alarms_180 = 0 then -1
            else floor((feature_counted.alarms_180 - feature_counted.handled_180) * 1000 / feature_counted.alarms_180)
        end as integer) as unhandled_permille,
        cast(case
            when feature_counted.vehicles = 0 then -1
            else floor(feature_counted.vehicles_lapsing * 1000 / feature_counted.vehicles)
        end as integer) as vehicles_lapsing_permille,
        cast(case
            when feature_counted.staff = 0 then -1
            else floor(feature_counted.staff_lapsing * 1000 / feature_counted.staff)
        end as integer) as staff_lapsing_permille,
        cast(floor(feature_place.findings_365 * 1000 / greatest(feature_place.checks_365, 1)) as integer) as county_share_permille,
        cast(floor(
            (feature_counted.findings_weight * greatest(feature_peer.checks_weight, 1) + 3 * 1095 * feature_peer.findings_weight) * 1000
            / ((feature_counted.checks_weight + 3 * 1095) * greatest(feature_peer.checks_weight, 1))
        ) as integer) as finding_share_permille,
        cast(floor(
            (feature_counted.overloads_1095 + 1) * greatest(feature_peer.goods_vehicles, 1) * 100
            / (feature_peer.overloads_1095 * feature_counted.goods_vehicles + greatest(feature_peer.goods_vehicles, 1))
        ) as integer) as overload_percent,
        cast(floor(
            (feature_counted.driver_penalties_365 + 1) * greatest(feature_peer.staff, 1) * 100
            / (feature_peer.driver_penalties_365 * feature_counted.staff + greatest(feature_peer.staff, 1))
        ) as integer) as driver_percent,
        cast(floor(feature_peer.findings_1095 * 1000 / greatest(feature_peer.checks_1095, 1)) as integer) as peer_share_x100,
        cast(floor(feature_peer.checks_1095 * 100 / feature_peer.firms) as integer) as peer_checks_x100,
        cast(floor(feature_peer.findings_1095 * 100 / feature_peer.firms) as integer) as peer_findings_x100,
        cast(floor(feature_peer.findings_365 * 100 / feature_peer.firms) as integer) as peer_findings_365_x100,
        cast(floor(feature_peer.penalties_365 * 100 / feature_peer.firms) as integer) as peer_penalties_x100,
        cast(floor(feature_peer.overloads_1095 * 1000 / greatest(feature_peer.goods_vehicles, 1)) as integer) as peer_overloads_x100,
        cast(floor(feature_peer.driver_penalties_365 * 1000 / greatest(feature_peer.staff, 1)) as integer) as peer_drivers_x100,
        cast(floor(feature_city.vehicles * 100 / feature_city.firms) as integer) as city_vehicles_x100,
        cast(floor(feature_city.staff * 100 / feature_city.firms) as integer) as city_staff_x100
    from feature_counted
    join feature_peer on feature_peer.peer_group = feature_counted.peer_group
    join feature_place on feature_place.county = feature_counted.county
    cross join feature_city
)
select *
from answer
order by subject_id
