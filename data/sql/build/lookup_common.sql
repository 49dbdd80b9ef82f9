-- grain: one row per piece that stands at more than $common places, with how many, the first and the last of them
select gram, cast(count(*) as integer) as held, min(place) as first_place, max(place) as last_place
from lookup_posting
group by gram
having count(*) > $common
