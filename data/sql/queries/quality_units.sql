-- grain: one row per unit with figures, of a county or of all
select distinct unit
from quality
where $county is null or county = $county
order by unit
