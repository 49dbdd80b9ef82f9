-- grain: one row: the first place from which on the look-up's order is another than before
select min(place) as first_place
from lookup_order
where differs
