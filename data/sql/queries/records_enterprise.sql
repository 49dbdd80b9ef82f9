-- grain: one row per registered enterprise in business that fits the filters, the riskiest or most worsened first, one page of them
with
today as (
    select *
    from risk
    where scored_on = cast($as_of as date)
),
earlier as (
    select subject_type, subject_id, risk_class as from_class, points as from_points
    from risk
    where scored_on = cast($before as date)
),
joined as (
    select
        t.subject_type, t.subject_id, t.county, t.sector, t.risk_class, t.thin_reason, t.points, t.peer_rank, t.peer_size,
        t.city_rank, e.from_class, t.points - e.from_points as points_change,
        case
            when coalesce(list_position($classes, e.from_class), 0) > 0
                and coalesce(list_position($classes, t.risk_class), 0) > list_position($classes, e.from_class) then 1
            else 0
        end as risen
    from today as t
    left join earlier as e on e.subject_type = t.subject_type and e.subject_id = t.subject_id
),
fitting as (
    select *, count(*) over () as total
    from joined
    where ($county is null or coalesce(county, $nowhere) = $county)
      and ($sector is null or coalesce(sector, $nowhere) = $sector)
      and ($risk_class is null or risk_class = $risk_class)
      and ($risen = 0 or risen = 1)
)
select *
from fitting
order by
    case when $risen = 1 then list_position($classes, risk_class) end desc nulls last,
    case when $risen = 1 then points_change end desc nulls last,
    city_rank nulls last, points desc nulls last, subject_id
limit $page_size offset $skip
