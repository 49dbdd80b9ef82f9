-- grain: one row per vehicle in the fleet of an enterprise at the end of its period
-- says: 期末在册的车辆，挂车除外
-- subject: enterprise
-- tables: vehicle
-- folds: sum
-- none: 0
-- day: end
-- counted as the share of over-limit vehicles counts them: trailers and vehicles that have left are out
with mine as (
    select distinct vehicle_known.subject_id
    from span
cross join asked
    join vehicle_known on vehicle_known.owner_id = span.subject_id
),
newest as (
    select
        vehicle_known.subject_id, vehicle_known.owner_id, vehicle_known.plate, vehicle_known.vehicle_type, vehicle_known.status,
        vehicle_known.known_on, vehicle_known.batch_id, vehicle_known.row_no
    from vehicle_known
    where vehicle_known.subject_id in (select subject_id from mine)
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
)
select
    asked.source,
    span.subject_id,
    newest.batch_id,
    newest.row_no,
    cast(null as date) as happened_on,
    newest.known_on,
    concat_ws('，', newest.plate, newest.vehicle_type, newest.status) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
cross join asked
join newest on newest.owner_id = span.subject_id
where coalesce(newest.plate, '') not like '%挂'
  and not regexp_matches(coalesce(newest.vehicle_type, ''), '挂车|教练')
  and not regexp_matches(coalesce(newest.status, ''), '注销|吊销|报废|转出|迁出|过户')
