-- grain: one row per penalty of a county (null: all) that is published by its order, with how its term stands on the day
-- stopped: the record itself tells that publication ended; such a penalty stands nowhere else
with told as (
    select
        r.*, s.name, s.county,
        r.publish_until is not null and r.publish_until <= $as_of as stopped
    from repair_clock as r
    left join subject as s on s.subject_id = r.subject_id
    where r.publish and ($county is null or s.county = $county)
)
select
    *,
    not stopped and max_until > $as_of as running,
    not stopped and max_until > $as_of and min_until <= $as_of as may,
    not stopped and max_until > $as_of and max_until <= $as_of + cast($soon as integer) as soon,
    not stopped and max_until <= $as_of and max_until > $as_of - cast($back as integer) as over
from told
