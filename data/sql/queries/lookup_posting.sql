-- grain: one row per asked piece and place of a subject that has it, from $start to before $until
select gram, place
from lookup_posting
where gram in (select unnest($grams)) and place >= $start and place < $until
