-- grain: one row per subject at the asked places of the look-up's order
select place, told
from lookup_row
where place in (select unnest($places))
order by place
