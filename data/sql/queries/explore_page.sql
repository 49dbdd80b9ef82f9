-- grain: one row per enterprise that fits the filters, in the asked order, one page of them; `total` counts all that fit
-- a filter that is null lets everything pass; a share of findings ranks from $enough findings on, below it their number
with
fitting as (
    select
        *,
        case $by
            when 'risk' then points
            when 'rise' then rise
            when 'penalties' then penalties_365
            when 'findings' then case when findings_730 >= $enough then 1000000 + 10000 * findings_730 // checks_730 else findings_730 end
        end as place,
        count(*) over () as total
    from step_explored
    where ($risk_class is null or risk_class = $risk_class)
      and ($grade is null or grade = $grade)
      and ($ids is null or list_contains($ids, subject_id))
)
select *
from fitting
order by place desc nulls last, points desc nulls last, warnings desc, name, subject_id
limit $page_size offset $first
