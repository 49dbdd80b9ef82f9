-- grain: one row per enterprise known on the build's day, with the row that tells most of it
-- `numbered`: it holds a valid credit code; two of those are two subjects, whatever their names
with told as (
    select
        e.subject_id, e.name, nullif(e.uscc, '00000000000000000X') as uscc, e.reg_no, e.licence_no, e.legal_rep,
        upper(replace(translate(e.address, '（）', '()'), ' ', '')) as address, e.status,
        1 as source_rank, e.known_on, e.batch_id, e.row_no, '登记簿' as told_by
    from enterprise_known as e
    union all
    select
        p.subject_id, p.subject_name, nullif(p.uscc, '00000000000000000X'), p.reg_no, cast(null as text), p.legal_rep,
        cast(null as text), cast(null as text), 2, p.known_on, p.batch_id, p.row_no, '行政处罚'
    from penalty_known as p
    inner join subject as s on s.subject_type = 'enterprise' and s.subject_id = p.subject_id and not s.registered
    where p.subject_type = 'enterprise'
    union all
    select
        p.subject_id, p.subject_name, nullif(p.uscc, '00000000000000000X'), p.reg_no, p.certificate_no, p.legal_rep,
        cast(null as text), cast(null as text), 3, p.known_on, p.batch_id, p.row_no, '行政许可'
    from permit_known as p
    inner join subject as s on s.subject_type = 'enterprise' and s.subject_id = p.subject_id and not s.registered
    where p.subject_type = 'enterprise'
    union all
    select
        p.subject_id, p.subject_name, nullif(p.uscc, '00000000000000000X'), cast(null as text), cast(null as text), p.legal_rep,
        cast(null as text), cast(null as text), 4, p.known_on, p.batch_id, p.row_no, '监督检查'
    from inspection_known as p
    inner join subject as s on s.subject_type = 'enterprise' and s.subject_id = p.subject_id and not s.registered
    where p.subject_type = 'enterprise'
    union all
    select
        v.owner_id, v.owner_name, nullif(v.owner_uscc, '00000000000000000X'), cast(null as text), cast(null as text),
        cast(null as text), cast(null as text), cast(null as text), 5, v.known_on, v.batch_id, v.row_no, '营运车辆'
    from vehicle_known as v
    inner join subject as s on s.subject_type = 'enterprise' and s.subject_id = v.owner_id and not s.registered
    union all
    select
        p.employer_id, p.employer_name, nullif(p.employer_uscc, '00000000000000000X'), cast(null as text), cast(null as text),
        cast(null as text), cast(null as text), cast(null as text), 6, p.known_on, p.batch_id, p.row_no, '从业人员'
    from practitioner_known as p
    inner join subject as s on s.subject_type = 'enterprise' and s.subject_id = p.employer_id and not s.registered
    union all
    select
        o.enterprise_id, o.subject_name, nullif(o.uscc, '00000000000000000X'), cast(null as text), cast(null as text),
        cast(null as text), cast(null as text), cast(null as text), 7, o.known_on, o.batch_id, o.row_no, '治超抄告'
    from overload_known as o
    inner join subject as s on s.subject_type = 'enterprise' and s.subject_id = o.enterprise_id and not s.registered
),
chosen as (
    select s.subject_id, s.name, s.uscc, s.county, s.county_code, s.registered, s.reg_no as any_reg_no,
        t.reg_no, t.licence_no, t.legal_rep, t.address, t.status, t.batch_id, t.row_no, t.told_by
    from subject as s
    inner join told as t on t.subject_id = s.subject_id
    where s.subject_type = 'enterprise' and s.name is not null
    qualify row_number() over (
        partition by s.subject_id
        order by
            t.source_rank, case when t.uscc is not distinct from s.uscc then 0 else 1 end,
            case when t.legal_rep is null then 1 else 0 end, t.known_on desc, t.batch_id, t.row_no
    ) = 1
)
select
    'enterprise' as subject_type,
    c.subject_id,
    c.registered,
    c.name,
    c.uscc as code,
    c.uscc is not null and w.code is null as numbered,
    coalesce(c.reg_no, c.any_reg_no) as reg_no,
    c.licence_no,
    coalesce(c.county, d.name) as county,
    coalesce(c.county_code, d.code) as county_code,
    c.legal_rep,
    c.address,
    coalesce(c.status, '') in ('注销', '歇业', '吊销', '停业') as closed,
    c.batch_id,
    c.row_no,
    c.told_by
from chosen as c
left join wrong_code as w on w.code = c.uscc
left join division as d on d.code = left(coalesce(c.reg_no, c.any_reg_no), 6)
