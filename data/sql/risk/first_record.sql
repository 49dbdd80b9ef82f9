-- grain: one row: since when checks and penalties have been known, as of the day (null when there are none)
with told as (
    select known_on from inspection_known
    union all
    select known_on from penalty_known
)
select min(known_on) as first_record
from told
