-- grain: one row per county, or sector ($by) of $county's enterprises: records between $since and $until, penalties also in the span before
with
penalties as (
    select
        subject_id,
        sum(case when coalesce(decision_date, happened_on) >= cast($since as date) then 1 else 0 end) as penalties,
        sum(case when coalesce(decision_date, happened_on) >= cast($since as date) then 0 else 1 end) as penalties_before,
        0 as checks,
        0 as found
    from penalty_known
    where list_contains($severities, severity_level)
      and coalesce(decision_date, happened_on) between cast($before as date) and cast($until as date)
    group by subject_id
),
checks as (
    select
        subject_id,
        0 as penalties,
        0 as penalties_before,
        count(*) as checks,
        sum(case when list_contains($found, result) then 1 else 0 end) as found
    from inspection_known
    where happened_on between cast($since as date) and cast($until as date)
    group by subject_id
),
events as (
    select * from penalties
    union all
    select * from checks
),
placed as (
    select
        case when $by = 'county' then coalesce(s.county, $nowhere) else coalesce(s.sector, $nowhere) end as place,
        e.penalties, e.penalties_before, e.checks, e.found
    from events as e
    left join subject as s on s.subject_id = e.subject_id
    where ($county is null or coalesce(s.county, $nowhere) = $county)
      and ($by = 'county' or s.subject_type = 'enterprise')
),
answer as (
    select
        place,
        cast(sum(penalties) as bigint) as penalties,
        cast(sum(penalties_before) as bigint) as penalties_before,
        cast(sum(checks) as bigint) as checks,
        cast(sum(found) as bigint) as found
    from placed
    group by place
)
select * from answer
order by place
