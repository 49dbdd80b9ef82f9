-- grain: one row per known over-limit case of one goods vehicle of an enterprise's register; item = the vehicle
-- subject: enterprise
-- parameters: window_days integer, other_types text, ended text
-- operators: share_above
-- noun: 货运车辆超限运输
-- unit: 辆
-- whole: 在册货运车辆
-- whose vehicle: it is in the fleet on the day, and was the enterprise's when the case happened: a seller's case is not the buyer's
-- a vehicle whose type the register does not give counts as a goods vehicle: leaving it out would silence the rule
with newest as (
    select *
    from vehicle_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
fleet as (
    select subject_id as vehicle_id, owner_id, plate
    from newest
    where owner_id is not null
      and coalesce(plate, '') not like '%挂'
      and not regexp_matches(coalesce(vehicle_type, ''), $other_types)
      and not regexp_matches(coalesce(status, ''), $ended)
),
fleet_size as (
    select owner_id, count(*) as vehicles
    from fleet
    group by owner_id
),
answer as (
    select
        'enterprise' as subject_type,
        fleet.owner_id as subject_id,
        fleet.vehicle_id as item,
        cast(fleet_size.vehicles as integer) as whole,
        cast(null as date) as due_on,
        overload_known.happened_on,
        overload_known.batch_id,
        overload_known.row_no,
        concat_ws('，', fleet.plate, overload_known.station, '案件 ' || overload_known.case_no) as note,
        cast(null as text) as severity_note
    from overload_known
    join fleet on fleet.vehicle_id = overload_known.subject_id and fleet.owner_id = overload_known.enterprise_id
    join fleet_size on fleet_size.owner_id = fleet.owner_id
    where overload_known.happened_on > cast($as_of as date) - cast($window_days as integer)
      and overload_known.happened_on <= cast($as_of as date)
      and coalesce(overload_known.over_t, 1) > 0
)
select * from answer
