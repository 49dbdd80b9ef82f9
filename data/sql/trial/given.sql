-- grain: one row per fact of each shape; where no record is told and the kind of record is there at all, it is nought
select shape.scheme, shape.subject_id, scheme_fact.fact, coalesce(found.value, 0) as value
from shape
join scheme_fact on scheme_fact.scheme = shape.scheme
left join found
  on found.scheme = shape.scheme and found.subject_id = shape.subject_id and found.fact = scheme_fact.fact
left join unfit
  on unfit.scheme = shape.scheme and unfit.subject_id = shape.subject_id and unfit.fact = scheme_fact.fact
where unfit.fact is null
  and (found.fact is not null or scheme_fact.nought)
