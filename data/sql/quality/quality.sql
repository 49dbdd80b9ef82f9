-- grain: one row per unit, kind of matter and month of the decision, with the county of the unit
select c.*, p.county
from quality_count as c
left join quality_place as p on p.unit = c.unit
