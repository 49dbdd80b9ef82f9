-- grain: one row per enterprise on the register: the first day it is known to have been there
select subject_id, min(least(coalesce(licence_from, known_on), known_on)) as since
from enterprise_known
where subject_id is not null
group by subject_id
