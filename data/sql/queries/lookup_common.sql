-- grain: one row per piece that very many subjects share, with how many, the first and the last of their places
select gram, held, first_place, last_place
from lookup_common
order by gram
