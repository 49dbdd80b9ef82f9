-- grain: one row per subject that is listed more than once
-- severity: error
-- says: 同一主体列出多次
select subject_type, subject_id, count(*) as times
from subject
group by subject_type, subject_id
having count(*) > 1
