-- grain: one row per unit of the scope that has a decision to report, by name
select distinct unit, county
from duty
where unit is not null and ($county is null or county = $county)
order by unit
