-- grain: one row per subject from the place $first on, with its place, from 0, among equally good answers of the look-up
-- whoever stands before is known by the row of that place, and so needs no sorting
with kept as (
    select told ->> '$[1]' as subject_id
    from lookup_row
    where place < $first
),
rest as (
    select s.*
    from subject as s
    left join kept as k on k.subject_id = s.subject_id
    where k.subject_id is null
)
select
    subject_type, subject_id,
    cast($first + row_number() over (
        order by registered desc, subject_type, length(name), name, plate, subject_id
    ) - 1 as integer) as place
from rest
