-- grain: one row per kind: how many records came in during the year before $as_of, and after how many days $share of them were known
-- records landed as history (known_basis assumed) say nothing about reporting and are left out, and so are penalties told once
-- more because their publicity ended by repair: that says when they were repaired
with
arrived as (
    select 'penalty' as kind, known_on - coalesce(decision_date, happened_on) as days
    from penalty_known
    where known_basis <> 'assumed' and known_on > cast($as_of as date) - 365 and coalesce(remark, '') not like '%信用修复%'
    union all
    select 'inspection', known_on - happened_on
    from inspection_known
    where known_basis <> 'assumed' and known_on > cast($as_of as date) - 365
),
counted as (
    select kind, days, count(*) as here
    from arrived
    where days is not null
    group by kind, days
),
running as (
    select
        kind,
        days,
        sum(here) over (partition by kind order by days) as so_far,
        sum(here) over (partition by kind) as records
    from counted
),
answer as (
    select kind, cast(max(records) as bigint) as records, min(days) as days
    from running
    where so_far >= $share * records
    group by kind
)
select * from answer
order by kind
