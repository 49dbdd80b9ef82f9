-- grain: one row per accepted landed over-limit row
select
    'overload' as kind,
    batch_id,
    row_no,
    content_hash,
    coalesce(cast(detected_at as date), reported_on) as happened_on,
    case when detected_at is not null then 'act' when reported_on is not null then 'reported' end as happened_basis,
    reported_on,
    cast(detected_at as date) as base_day,
    false as registry,
    coalesce(case_no, plate || chr(31) || cast(detected_at as varchar)) as fact_text,
    'vehicle' as subject_type,
    'plate:' || plate || '|' || coalesce(plate_colour, '') as own_key,
    'plate:' || plate || '|' || coalesce(plate_colour, '') as party,
    cast(null as text) as reg_no,
    cast(null as text) as licence_no,
    cast(null as text) as name,
    plate,
    plate_colour,
    cast(null as text) as person_key
from landed_overload
