-- grain: one row per subject with its place, from 0, among equally good answers of the look-up
select
    subject_type,
    subject_id,
    cast(row_number() over (order by registered desc, subject_type, length(name), name, plate, subject_id) - 1 as integer) as place
from subject
