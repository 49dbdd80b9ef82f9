-- grain: one row per accepted landed inspection row
with cleaned as (
    select *, nullif(uscc, '00000000000000000X') as code
    from landed_inspection
),
named as (
    select
        *,
        case when subject_category = '自然人' or (subject_category is null and code is null and id_no_key is not null)
            then 'practitioner' else 'enterprise' end as subject_type
    from cleaned
),
claimed as (
    select
        *,
        case
            when subject_type = 'practitioner' then 'person:' || id_no_key
            when code is not null then 'uscc:' || code
        end as own_key,
        case
            when subject_type = 'practitioner' then 'person:' || id_no_key
            when code is not null then 'uscc:' || code
            else 'reg_no:|licence:|name:' || coalesce(subject_name, '')
        end as party
    from named
)
select
    'inspection' as kind,
    batch_id,
    row_no,
    content_hash,
    inspected_on as happened_on,
    case when inspected_on is not null then 'act' end as happened_basis,
    cast(null as date) as reported_on,
    inspected_on as base_day,
    false as registry,
    coalesce(
        doc_no || chr(31) || coalesce(authority_code, authority, '') || chr(31) || coalesce(item, '') || chr(31)
            || coalesce(code, id_no_key, subject_name),
        coalesce(code, id_no_key, subject_name) || chr(31) || cast(inspected_on as varchar) || chr(31) || coalesce(item, '')
    ) as fact_text,
    subject_type,
    own_key,
    party,
    cast(null as text) as reg_no,
    cast(null as text) as licence_no,
    case when party like 'reg_no:%' then subject_name end as name,
    cast(null as text) as plate,
    cast(null as text) as plate_colour,
    case when subject_type = 'practitioner' then id_no_key end as person_key
from claimed
