-- grain: one row per first key any claim gives a subject and `subject_key` does not hold yet, with its derived id
with keys as (
    select distinct subject_type, own_key as first_key from claim where own_key is not null
),
fresh as (
    select k.subject_type, k.first_key
    from keys as k
    left join subject_key as s on s.subject_type = k.subject_type and s.first_key = k.first_key
    where s.first_key is null
),
derived as (
    select
        subject_type,
        first_key,
        case subject_type when 'enterprise' then 'e' when 'vehicle' then 'v' when 'practitioner' then 'p'
            when 'project' then 'j' when 'unit' then 'u' end
            || left(sha256(
                cast(length(subject_type) as varchar) || ':' || subject_type || chr(31)
                || cast(length(first_key) as varchar) || ':' || first_key
            ), 16) as own_id
    from fresh
)
select d.subject_type, d.first_key, d.own_id, coalesce(m.to_id, d.own_id) as subject_id
from derived as d
left join merge as m on m.from_id = d.own_id
