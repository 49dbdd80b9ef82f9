-- grain: one row per subject as of the build's day, with its county, its initials and what a search looks through
with initials as (
    select name, initials from initials_before
    union all
    select name, initials from initials_now
),
spoken as (
    select subject_id, name as called, cast(null as text) as reg_no from enterprise where known_on <= $as_of
    union all
    select subject_id, cast(null as text), reg_no from enterprise where known_on <= $as_of
    union all
    select subject_id, cast(null as text), reg_no from penalty_known
    union all
    select subject_id, cast(null as text), reg_no from every_mention where reg_no is not null
    union all
    select subject_id, licence_no, cast(null as text) from operating_licence_known where licence_no is not null
),
aliased as (
    select
        subject_id,
        max(reg_no) as reg_no,
        array_to_string(list_sort(list_distinct(list(coalesce(called, reg_no)))), ' ') as aliases
    from spoken
    where subject_id is not null and coalesce(called, reg_no) is not null
    group by subject_id
),
placed as (
    select
        d.*,
        coalesce(n.name, c.name, d.county_text) as own_county,
        coalesce(n.code, c.code, substr(d.uscc, 3, 6)) as own_county_code
    from subject_draft as d
    left join division as n on n.name = d.county_text
    left join division as c on c.code = substr(d.uscc, 3, 6)
),
owned as (
    select
        p.*,
        o.name as owner_name,
        case when p.subject_type in ('enterprise', 'unit') then p.own_county else o.own_county end as county,
        case when p.subject_type in ('enterprise', 'unit') then p.own_county_code else o.own_county_code end as county_code
    from placed as p
    left join placed as o on o.subject_type = 'enterprise' and o.subject_id = p.owner_id
)
select
    w.subject_type, w.subject_id, w.name, w.uscc, w.county, w.county_code, w.sector, w.status,
    w.owner_id, w.owner_name, w.plate, w.plate_colour, w.id_mask, w.cert_key, w.id_key, w.licence_no, a.reg_no,
    i.initials,
    lower(translate(concat_ws(
        ' ', w.name, w.uscc, w.licence_no, i.initials, a.aliases,
        -- what is typed is compared without the hyphens of a project's number
        case when w.subject_type = 'project' then nullif(replace(w.licence_no, '-', ''), w.licence_no) end
    ), '（）', '()')) as search_text,
    w.registered
from owned as w
left join initials as i on i.name = w.name
left join aliased as a on w.subject_type = 'enterprise' and a.subject_id = w.subject_id
