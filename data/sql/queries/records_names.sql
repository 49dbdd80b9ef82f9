-- grain: one row per subject named in $ids: what a list says of it
select subject_id, coalesce(name, plate) as name, county, sector
from subject
where list_contains($ids, subject_id)
order by subject_id
