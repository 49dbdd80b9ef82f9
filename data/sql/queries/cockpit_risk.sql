-- grain: one row per day scored and county, or sector ($by), of $county: enterprises in business by class
with
scored as (
    select
        scored_on,
        case when $by = 'county' then coalesce(county, $nowhere) else coalesce(sector, $nowhere) end as place,
        risk_class,
        model_id
    from risk
    where $county is null or coalesce(county, $nowhere) = $county
),
answer as (
    select
        scored_on,
        place,
        count(*) as size,
        cast(sum(case when risk_class = '高' then 1 else 0 end) as bigint) as high,
        cast(sum(case when risk_class = '较高' then 1 else 0 end) as bigint) as raised,
        cast(sum(case when risk_class = '证据不足' then 1 else 0 end) as bigint) as thin,
        max(model_id) as model_id
    from scored
    group by scored_on, place
)
select * from answer
order by scored_on, place
