-- grain: one row per subject named in $ids
select *
from subject
where list_contains($ids, subject_id)
order by subject_type, subject_id
