-- grain: one row per enterprise on the register: what the newest line of it known on the day says
select subject_id, sector, county, status
from enterprise_known
where subject_id is not null
qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
