-- grain: one row per month from $first on with any record: penalties 一般 or worse by decision day, checks, checks that found something
with
place as (
    select subject_type, subject_id, coalesce(county, $nowhere) as county
    from subject
),
penalties as (
    select date_trunc('month', coalesce(p.decision_date, p.happened_on)) as month, coalesce(s.county, $nowhere) as county
    from penalty_known as p
    left join place as s on s.subject_type = p.subject_type and s.subject_id = p.subject_id
    where list_contains($severities, p.severity_level)
      and coalesce(p.decision_date, p.happened_on) between cast($first as date) and cast($as_of as date)
),
checks as (
    select
        date_trunc('month', i.happened_on) as month,
        coalesce(s.county, $nowhere) as county,
        case when list_contains($found, i.result) then 1 else 0 end as found
    from inspection_known as i
    left join place as s on s.subject_type = i.subject_type and s.subject_id = i.subject_id
    where i.happened_on between cast($first as date) and cast($as_of as date)
),
events as (
    select month, county, 1 as penalties, 0 as checks, 0 as found from penalties
    union all
    select month, county, 0, 1, found from checks
),
answer as (
    select
        cast(month as date) as month,
        cast(sum(penalties) as bigint) as penalties,
        cast(sum(checks) as bigint) as checks,
        cast(sum(found) as bigint) as found
    from events
    where $county is null or county = $county
    group by month
)
select * from answer
order by month
