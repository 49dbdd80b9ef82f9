-- grain: one row: how many published penalties of a county (null: all) stand where, on the day
with here as (
    select r.*
    from repair_clock as r
    left join subject as s on s.subject_id = r.subject_id
    where r.publish and ($county is null or s.county = $county)
)
select
    count(*) filter (where max_until > $as_of and (publish_until is null or publish_until > $as_of)) as running,
    count(*) filter (
        where min_until <= $as_of and max_until > $as_of and (publish_until is null or publish_until > $as_of)
    ) as may,
    count(*) filter (
        where max_until > $as_of and max_until <= $as_of + cast($soon as integer)
            and (publish_until is null or publish_until > $as_of)
    ) as soon,
    count(*) filter (
        where max_until <= $as_of and max_until > $as_of - cast($back as integer)
            and (publish_until is null or publish_until > $as_of)
    ) as over,
    count(*) filter (where publish_until <= $as_of) as stopped
from here
