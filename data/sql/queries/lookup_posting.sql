-- grain: one row per place from $start to before $until of a subject that has the piece $gram
select place
from lookup_posting
where gram = $gram and place >= $start and place < $until
