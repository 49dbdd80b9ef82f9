-- grain: one row per record and register's line that speaks of it; `place` is less where the party is the very same
-- a number that covers several parties is compared by party; a register that names no authority is taken by its unit
with lines as (
    select matter_kind, number, count(*) as lines from registered group by matter_kind, number
),
records as (
    select d.matter_kind, d.number, count(*) as records, count(distinct d.office) as offices
    from recorded as d
    inner join lines as l on l.matter_kind = d.matter_kind and l.number = d.number
    group by d.matter_kind, d.number
)
select
    d.fact_id,
    r.fact_id as register_fact_id,
    case when r.subject_id = d.subject_id then '0' else '1' end as place
from registered as r
inner join recorded as d on d.matter_kind = r.matter_kind and d.number = r.number
inner join lines as l on l.matter_kind = r.matter_kind and l.number = r.number
inner join records as c on c.matter_kind = r.matter_kind and c.number = r.number
where (
    r.office = d.office
    or d.office is null
    or (r.office is null and (c.offices <= 1 or r.unit in (d.unit, d.authority)))
)
and (
    r.subject_id = d.subject_id
    or r.subject_name = d.subject_name
    or (r.subject_id is null and r.subject_name is null)
    or (l.lines = 1 and c.records = 1 and not coalesce(r.uscc <> d.uscc, false))
)
