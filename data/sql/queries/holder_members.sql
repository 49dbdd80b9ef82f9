-- grain: one row per subject that is the holder $id or belongs to it: the enterprise, its vehicles and its people
select subject_id
from subject
where subject_id = $id or owner_id = $id
order by subject_id
