-- grain: one row per holder (the enterprise a warned subject belongs to), kind of subject and rule, of one page of holders
-- reads `waiting`, lent by the caller: the warnings that fit, in short; a page beyond the last is the last
with
held as (
    select
        w.subject_type, w.subject_id, w.rule_id, w.level_rank, w.opened_on,
        case when w.subject_type = 'enterprise' then w.subject_id else coalesce(s.owner_id, w.subject_id) end as holder_id
    from waiting as w
    left join subject as s on s.subject_type = w.subject_type and s.subject_id = w.subject_id
),
grouped as (
    select
        holder_id,
        count(*) as warnings,
        sum(case when level_rank = 1 then 1 else 0 end) as red,
        sum(case when level_rank = 2 then 1 else 0 end) as orange,
        sum(case when level_rank = 3 then 1 else 0 end) as yellow,
        sum(case when level_rank = 4 then 1 else 0 end) as blue,
        max(opened_on) as newest
    from held
    group by holder_id
),
placed as (
    select
        *,
        row_number() over (order by red desc, orange desc, yellow desc, blue desc, newest desc, holder_id) as place,
        count(*) over () as total
    from grouped
),
paged as (
    select *
    from placed
    where place > least($first, (total - 1) // $page_size * $page_size)
      and place <= least($first, (total - 1) // $page_size * $page_size) + $page_size
),
parts as (
    select holder_id, subject_type, rule_id, count(distinct subject_id) as subjects, min(level_rank) as worst
    from held
    group by holder_id, subject_type, rule_id
),
named as (
    select
        g.*, p.subject_type as part_type, p.rule_id, p.subjects,
        s.subject_type as holder_type, s.name, s.plate, s.uscc, s.county, s.sector, p.worst
    from paged as g
    join parts as p on p.holder_id = g.holder_id
    left join subject as s on s.subject_id = g.holder_id
)
select *
from named
order by place, worst, part_type, rule_id
