-- grain: one row per county or sector and risk class: enterprises that fit the filters, the class's own filter left aside
with
fitting as (
    select case $part when 'sector' then sector else county end as part, risk_class
    from standing
    where ($county is null or county = $county)
      and ($sector is null or sector = $sector)
      and ($fleet_from is null or vehicles >= $fleet_from)
      and ($fleet_to is null or vehicles <= $fleet_to)
      and ($recommendation is null or recommendation = $recommendation)
      and ($warned is null or (warnings > 0) = $warned)
)
select part, risk_class, count(*) as enterprises
from fitting
group by part, risk_class
order by part, risk_class
