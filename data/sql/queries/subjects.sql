-- grain: one row per subject named in $ids
select *
from subject
where subject_id in (select unnest($ids))
order by subject_type, subject_id
