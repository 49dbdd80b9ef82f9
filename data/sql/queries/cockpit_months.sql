-- grain: one row per month from $first on with any record: penalties 一般 or worse by decision day, checks, checks that found something
-- $anywhere = 1 spares the look at the subjects when no county is asked for
with
penalties as (
    select subject_id, coalesce(decision_date, happened_on) as day, 1 as penalties, 0 as checks, 0 as found
    from penalty_known
    where list_contains($severities, severity_level)
      and coalesce(decision_date, happened_on) between cast($first as date) and cast($as_of as date)
),
checks as (
    select subject_id, happened_on as day, 0 as penalties, 1 as checks, case when list_contains($found, result) then 1 else 0 end as found
    from inspection_known
    where happened_on between cast($first as date) and cast($as_of as date)
),
events as (
    select * from penalties
    union all
    select * from checks
),
place as (
    select subject_id
    from subject
    where $anywhere = 0 and coalesce(county, $nowhere) = $county
),
here as (
    select day, penalties, checks, found from events
    where $anywhere = 1
    union all
    select day, penalties, checks, found from events
    where $anywhere = 0 and subject_id in (select subject_id from place)
),
answer as (
    select
        cast(date_trunc('month', day) as date) as month,
        cast(sum(penalties) as bigint) as penalties,
        cast(sum(checks) as bigint) as checks,
        cast(sum(found) as bigint) as found
    from here
    group by month
)
select * from answer
order by month
