-- grain: one row per accepted landed practitioner row
with keyed as (
    select *, 'person:' || coalesce(id_no_key, cert_no_key) as own_key
    from landed_practitioner
)
select
    'practitioner' as kind,
    batch_id,
    row_no,
    content_hash,
    first_issued_on as happened_on,
    case when first_issued_on is not null then 'issued' end as happened_basis,
    cast(null as date) as reported_on,
    first_issued_on as base_day,
    true as registry,
    own_key || chr(31) || coalesce(cert_no_key, cert_category, '') as fact_text,
    'practitioner' as subject_type,
    own_key,
    own_key as party,
    cast(null as text) as reg_no,
    cast(null as text) as licence_no,
    cast(null as text) as name,
    cast(null as text) as plate,
    cast(null as text) as plate_colour,
    coalesce(id_no_key, cert_no_key) as person_key
from keyed
