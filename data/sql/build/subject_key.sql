-- grain: one row per first key any row gives a subject, with its derived id and where a merge leads it
with keys as (
    select subject_type, own_key as first_key from staged where own_key is not null
    union
    select subject_type, own_key from claim where own_key is not null
),
derived as (
    select
        subject_type,
        first_key,
        case subject_type when 'enterprise' then 'e' when 'vehicle' then 'v' when 'practitioner' then 'p' end
            || left(sha256(
                cast(length(subject_type) as varchar) || ':' || subject_type || chr(31)
                || cast(length(first_key) as varchar) || ':' || first_key
            ), 16) as own_id
    from keys
)
select d.subject_type, d.first_key, d.own_id, coalesce(m.to_id, d.own_id) as subject_id
from derived as d
left join merge as m on m.from_id = d.own_id
