-- grain: one row per accepted landed penalty row
with cleaned as (
    select *, nullif(uscc, '00000000000000000X') as code
    from landed_penalty
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
            when reg_no is not null then 'reg_no:' || reg_no
        end as own_key,
        case
            when subject_type = 'practitioner' then 'person:' || id_no_key
            when code is not null then 'uscc:' || code
            else 'reg_no:' || coalesce(reg_no, '') || '|licence:|name:' || coalesce(subject_name, '')
        end as party
    from named
)
select
    'penalty' as kind,
    batch_id,
    row_no,
    content_hash,
    coalesce(act_date, decision_date) as happened_on,
    case when act_date is not null then 'act' when decision_date is not null then 'decision' end as happened_basis,
    cast(null as date) as reported_on,
    decision_date as base_day,
    false as registry,
    doc_no || chr(31) || coalesce(authority_code, authority, '') || chr(31)
        || coalesce(code, id_no_key, reg_no, subject_name) as fact_text,
    subject_type,
    own_key,
    party,
    case when party like 'reg_no:%' then reg_no end as reg_no,
    cast(null as text) as licence_no,
    case when party like 'reg_no:%' then subject_name end as name,
    cast(null as text) as plate,
    cast(null as text) as plate_colour,
    case when subject_type = 'practitioner' then id_no_key end as person_key
from claimed
