-- grain: one row per subject named in $ids that the snapshot lists
select subject_id, name, plate
from subject
where subject_id in (select unnest($ids))
order by subject_id
