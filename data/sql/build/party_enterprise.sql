-- grain: one row per way of naming an enterprise, with the subject it means on the build's day
with named as (
    select
        subject_id,
        reg_no,
        licence_no,
        upper(replace(translate(name, '（）', '()'), ' ', '')) as plain_name
    from enterprise_known
    where subject_id is not null
),
by_reg_no as (
    select reg_no, min(subject_id) as subject_id
    from named where reg_no is not null
    group by reg_no having count(distinct subject_id) = 1
),
by_licence as (
    select licence_no, min(subject_id) as subject_id
    from named where licence_no is not null
    group by licence_no having count(distinct subject_id) = 1
),
by_name as (
    select plain_name, min(subject_id) as subject_id
    from named where plain_name is not null
    group by plain_name having count(distinct subject_id) = 1
),
claims as (
    select distinct subject_type, party, own_key, reg_no, licence_no,
        upper(replace(translate(name, '（）', '()'), ' ', '')) as plain_name
    from claim
    where subject_type = 'enterprise'
)
select
    c.subject_type,
    c.party,
    case when c.party like 'reg_no:%'
        then coalesce(r.subject_id, l.subject_id, n.subject_id, k.subject_id)
        else k.subject_id end as subject_id,
    case
        when c.party like 'uscc:%' then 'uscc'
        when r.subject_id is not null then 'reg_no'
        when l.subject_id is not null then 'licence'
        when n.subject_id is not null then 'name'
        when k.subject_id is not null then 'own_key'
    end as resolved_by
from claims as c
left join subject_key as k on k.subject_type = c.subject_type and k.first_key = c.own_key
left join by_reg_no as r on r.reg_no = c.reg_no
left join by_licence as l on l.licence_no = c.licence_no
left join by_name as n on n.plain_name = c.plain_name
