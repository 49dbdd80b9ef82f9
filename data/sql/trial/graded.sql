-- grain: one row per shape, with what is given of it as a whole
select
    shape.scheme,
    shape.subject_id,
    cast(null as bigint) as score,
    max(case when given.fact = 'points' then given.value end) as points,
    cast(max(case when given.fact = 'previous_grade' then given.value end) // 1000000000 as integer) as previous
from shape
left join given on given.scheme = shape.scheme and given.subject_id = shape.subject_id
group by shape.scheme, shape.subject_id
