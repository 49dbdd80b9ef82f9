-- grain: one row per distinct credit code that an enterprise of the build's day carries
select distinct uscc as code
from subject
where subject_type = 'enterprise' and uscc is not null
