-- grain: one row per county, or sector ($by) of $county's subjects: records between $since and $until and in the span before it
with
place as (
    select
        subject_type,
        subject_id,
        coalesce(county, $nowhere) as county,
        case when $by = 'county' then coalesce(county, $nowhere) else coalesce(sector, $nowhere) end as place
    from subject
    where $by = 'county' or subject_type = 'enterprise'
),
penalties as (
    select p.subject_type, p.subject_id, coalesce(p.decision_date, p.happened_on) as day, 1 as penalties, 0 as checks, 0 as found
    from penalty_known as p
    where list_contains($severities, p.severity_level)
      and coalesce(p.decision_date, p.happened_on) between cast($before as date) and cast($until as date)
),
checks as (
    select
        i.subject_type, i.subject_id, i.happened_on as day, 0 as penalties, 1 as checks,
        case when list_contains($found, i.result) then 1 else 0 end as found
    from inspection_known as i
    where i.happened_on between cast($before as date) and cast($until as date)
),
events as (
    select * from penalties
    union all
    select * from checks
),
placed as (
    select coalesce(s.place, $nowhere) as place, coalesce(s.county, $nowhere) as county, e.day, e.penalties, e.checks, e.found
    from events as e
    left join place as s on s.subject_type = e.subject_type and s.subject_id = e.subject_id
    where $by = 'county' or e.subject_type = 'enterprise'
),
answer as (
    select
        place,
        cast(sum(case when day >= cast($since as date) then penalties else 0 end) as bigint) as penalties,
        cast(sum(case when day >= cast($since as date) then 0 else penalties end) as bigint) as penalties_before,
        cast(sum(case when day >= cast($since as date) then checks else 0 end) as bigint) as checks,
        cast(sum(case when day >= cast($since as date) then found else 0 end) as bigint) as found
    from placed
    where $county is null or county = $county
    group by place
)
select * from answer
order by place
