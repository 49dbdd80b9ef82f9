-- grain: one row per way of naming a subject of $subject_type that has no register (a project, a unit), with whom it means on
-- the build's day: a code means itself; a name means the one code it was told with by then, else itself
with told as (
    select distinct coalesce(s.party, s.own_key) as party
    from staged as s
    where s.subject_type = $subject_type and s.leads and s.known_on <= $as_of
),
claims as (
    select distinct
        subject_type,
        party,
        own_key,
        upper(replace(translate(name, '（）', '()'), ' ', '')) as plain_name,
        own_key not like '%:|name:%' as coded
    from claim
    where subject_type = $subject_type
),
keyed as (
    select c.*, k.subject_id as own_id
    from claims as c
    left join subject_key as k on k.subject_type = c.subject_type and k.first_key = c.own_key
),
by_name as (
    select k.plain_name, min(k.own_id) as subject_id
    from keyed as k
    inner join told as t on t.party = k.party
    where k.coded and k.plain_name is not null
    group by k.plain_name
    having count(distinct k.own_id) = 1
)
select
    k.subject_type,
    k.party,
    case when k.coded then k.own_id else coalesce(n.subject_id, k.own_id) end as subject_id,
    case when k.coded then 'code' when n.subject_id is not null then 'name' when k.own_id is not null then 'own_key' end as resolved_by
from keyed as k
left join by_name as n on n.plain_name = k.plain_name
