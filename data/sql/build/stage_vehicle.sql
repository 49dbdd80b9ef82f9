-- grain: one row per accepted landed vehicle row
with keyed as (
    select *, 'plate:' || plate || '|' || coalesce(plate_colour, '') as own_key
    from landed_vehicle
)
select
    'vehicle' as kind,
    batch_id,
    row_no,
    content_hash,
    cast(null as date) as happened_on,
    cast(null as text) as happened_basis,
    cast(null as date) as reported_on,
    cast(null as date) as base_day,
    true as registry,
    own_key as fact_text,
    'vehicle' as subject_type,
    own_key,
    own_key as party,
    cast(null as text) as reg_no,
    cast(null as text) as licence_no,
    cast(null as text) as name,
    plate,
    plate_colour,
    cast(null as text) as person_key
from keyed
