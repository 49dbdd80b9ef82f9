-- grain: one row per distinct name that a subject carries
select distinct name
from subject_draft
where name is not null
