-- grain: one row per enterprise on the register: the first day it is known to have been there, by its first certificate
select subject_id, min(least(coalesce(licence_from, known_on), known_on)) as since
from feature_registered
group by subject_id
