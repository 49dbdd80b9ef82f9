-- grain: one row per number that names a practitioner, with the subject it means on the build's day
with registered as (
    select distinct subject_id, cert_no_key
    from practitioner_known
    where subject_id is not null
),
by_certificate as (
    select cert_no_key, min(subject_id) as subject_id
    from registered where cert_no_key is not null
    group by cert_no_key having count(distinct subject_id) = 1
),
exact as (
    select distinct subject_id from registered
),
claims as (
    select distinct subject_type, party, own_key, person_key
    from claim
    where subject_type = 'practitioner'
)
select
    c.subject_type,
    c.party,
    coalesce(x.subject_id, b.subject_id, k.subject_id) as subject_id,
    case
        when x.subject_id is not null then 'person'
        when b.subject_id is not null then 'certificate'
        when k.subject_id is not null then 'own_key'
    end as resolved_by
from claims as c
left join subject_key as k on k.subject_type = c.subject_type and k.first_key = c.own_key
left join exact as x on x.subject_id = k.subject_id
left join by_certificate as b on b.cert_no_key = c.person_key
