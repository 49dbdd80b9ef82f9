-- grain: one row per accepted landed enterprise row
with keyed as (
    select
        *,
        coalesce(
            'uscc:' || nullif(uscc, '00000000000000000X'),
            'reg_no:' || reg_no,
            'licence:' || licence_no,
            'name:' || name || '|' || coalesce(county, '')
        ) as own_key
    from landed_enterprise
)
select
    'enterprise' as kind,
    batch_id,
    row_no,
    content_hash,
    licence_from as happened_on,
    case when licence_from is not null then 'issued' end as happened_basis,
    cast(null as date) as reported_on,
    licence_from as base_day,
    true as registry,
    own_key as fact_text,
    'enterprise' as subject_type,
    own_key,
    own_key as party,
    cast(null as text) as reg_no,
    cast(null as text) as licence_no,
    cast(null as text) as name,
    cast(null as text) as plate,
    cast(null as text) as plate_colour,
    cast(null as text) as person_key
from keyed
