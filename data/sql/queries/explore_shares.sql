-- grain: one row per county or sector and risk class: enterprises that fit the filters, the class's own filter left aside
with
fitting as (
    select case $part when 'sector' then sector else county end as part, risk_class
    from step_explored
    where $grade is null or grade = $grade
)
select part, risk_class, count(*) as enterprises
from fitting
group by part, risk_class
order by part, risk_class
