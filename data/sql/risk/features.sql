-- grain: one row per registered enterprise in business at the end of $as_of
-- everything is what was known on the day; an enterprise is described by its own records, its peers only lend averages
-- a penalty whose publicity has ended (run out or repaired) is out from that day on; who inspected is never read
-- whole numbers only: `_x100` are hundredths, `_permille` thousandths, `_percent` hundredths of what the peers' rate would give
-- in the share of findings recent records weigh more, falling to nought at 1095 days; 3 checks of the peers are added
with newest_enterprise as (
    select subject_id, sector, county, status
    from enterprise_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
begun as (
    select subject_id, min(least(coalesce(licence_from, known_on), known_on)) as since
    from enterprise_known
    where subject_id is not null
    group by subject_id
),
newest_vehicle as (
    select subject_id, owner_id, plate, vehicle_type, status
    from vehicle_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
fleet as (
    select
        subject_id as vehicle_id,
        owner_id as subject_id,
        case
            when coalesce(plate, '') like '%挂'
              or regexp_matches(coalesce(vehicle_type, ''), '客|轿车|公交|出租|巡游|网约|教练|挂车') then 0
            else 1
        end as goods
    from newest_vehicle
    where owner_id is not null
      and not regexp_matches(coalesce(status, ''), '注销|吊销|报废|转出|迁出|过户')
),
fleet_size as (
    select subject_id, count(*) as vehicles, sum(goods) as goods_vehicles
    from fleet
    group by subject_id
),
newest_person as (
    select subject_id as person_id, employer_id as subject_id
    from practitioner_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
staff_size as (
    select subject_id, count(*) as staff
    from newest_person
    where subject_id is not null
    group by subject_id
),
checked as (
    select
        subject_id,
        cast($as_of as date) - happened_on as age,
        case
            when regexp_matches(coalesce(result, ''), '未发现|没有发现|无问题') then 0
            when regexp_matches(coalesce(result, ''), '移送|责令|不合格|发现|存在|限期|整改|立案') then 1
            else 0
        end as found
    from inspection_known
    where subject_type = 'enterprise'
      and subject_id is not null
      and happened_on <= cast($as_of as date)
),
checks as (
    select
        subject_id,
        sum(case when age < 365 then 1 else 0 end) as checks_365,
        sum(case when age < 365 then found else 0 end) as findings_365,
        sum(case when age < 730 then 1 else 0 end) as checks_730,
        sum(case when age < 730 then found else 0 end) as findings_730,
        sum(case when age < 1095 then 1 else 0 end) as checks_1095,
        sum(case when age < 1095 then found else 0 end) as findings_1095,
        sum(case when age < 1095 then 1095 - age else 0 end) as checks_weight,
        sum(case when age < 1095 then found * (1095 - age) else 0 end) as findings_weight,
        min(age) as days_since_check
    from checked
    group by subject_id
),
published as (
    select
        subject_type,
        subject_id,
        cast($as_of as date) - happened_on as age,
        case when severity_level in ('一般', '较重', '严重') then 1 else 0 end as ordinary
    from penalty_known
    where subject_id is not null
      and happened_on <= cast($as_of as date)
      and (publish_until is null or publish_until > cast($as_of as date))
),
penalties as (
    select
        subject_id,
        sum(case when age < 365 then 1 else 0 end) as penalties_365,
        sum(case when age < 365 then ordinary else 0 end) as ordinary_365,
        sum(case when age < 730 then 1 else 0 end) as penalties_730
    from published
    where subject_type = 'enterprise'
    group by subject_id
),
drivers as (
    select newest_person.subject_id, count(*) as driver_penalties_365
    from published
    join newest_person on newest_person.person_id = published.subject_id
    where published.subject_type = 'practitioner'
      and published.age < 365
      and newest_person.subject_id is not null
    group by newest_person.subject_id
),
overloaded as (
    select fleet.subject_id, cast($as_of as date) - overload_known.happened_on as age
    from overload_known
    join fleet on fleet.vehicle_id = overload_known.subject_id
    where overload_known.happened_on <= cast($as_of as date)
      and coalesce(overload_known.over_t, 1) > 0
),
overloads as (
    select
        subject_id,
        sum(case when age < 365 then 1 else 0 end) as overloads_365,
        sum(case when age < 730 then 1 else 0 end) as overloads_730,
        sum(case when age < 1095 then 1 else 0 end) as overloads_1095
    from overloaded
    group by subject_id
),
counted as (
    select
        newest_enterprise.subject_id,
        coalesce(newest_enterprise.sector, '未填') as sector,
        coalesce(newest_enterprise.county, '未填') as county,
        cast($as_of as date) - begun.since as age_days,
        coalesce(fleet_size.vehicles, 0) as vehicles,
        coalesce(fleet_size.goods_vehicles, 0) as goods_vehicles,
        coalesce(staff_size.staff, 0) as staff,
        coalesce(checks.checks_365, 0) as checks_365,
        coalesce(checks.findings_365, 0) as findings_365,
        coalesce(checks.checks_730, 0) as checks_730,
        coalesce(checks.findings_730, 0) as findings_730,
        coalesce(checks.checks_1095, 0) as checks_1095,
        coalesce(checks.findings_1095, 0) as findings_1095,
        coalesce(checks.checks_weight, 0) as checks_weight,
        coalesce(checks.findings_weight, 0) as findings_weight,
        checks.days_since_check,
        coalesce(penalties.penalties_365, 0) as penalties_365,
        coalesce(penalties.ordinary_365, 0) as ordinary_365,
        coalesce(penalties.penalties_730, 0) as penalties_730,
        coalesce(drivers.driver_penalties_365, 0) as driver_penalties_365,
        coalesce(overloads.overloads_365, 0) as overloads_365,
        coalesce(overloads.overloads_730, 0) as overloads_730,
        coalesce(overloads.overloads_1095, 0) as overloads_1095
    from newest_enterprise
    join begun on begun.subject_id = newest_enterprise.subject_id
    left join fleet_size on fleet_size.subject_id = newest_enterprise.subject_id
    left join staff_size on staff_size.subject_id = newest_enterprise.subject_id
    left join checks on checks.subject_id = newest_enterprise.subject_id
    left join penalties on penalties.subject_id = newest_enterprise.subject_id
    left join drivers on drivers.subject_id = newest_enterprise.subject_id
    left join overloads on overloads.subject_id = newest_enterprise.subject_id
    where not regexp_matches(coalesce(newest_enterprise.status, ''), '注销|吊销|撤销|停业|歇业')
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
        sum(overloads_1095) as overloads_1095,
        sum(driver_penalties_365) as driver_penalties_365
    from grouped
    group by peer_group
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
        cast(grouped.days_since_check as integer) as days_since_check,
        cast(grouped.penalties_365 as integer) as penalties_365,
        cast(grouped.ordinary_365 as integer) as ordinary_365,
        cast(grouped.penalties_730 as integer) as penalties_730,
        cast(grouped.driver_penalties_365 as integer) as driver_penalties_365,
        cast(grouped.overloads_365 as integer) as overloads_365,
        cast(grouped.overloads_730 as integer) as overloads_730,
        cast(grouped.overloads_1095 as integer) as overloads_1095,
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
    cross join city
)
select *
from answer
order by subject_id
