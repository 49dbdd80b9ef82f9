-- grain: one row per fact of each shape; where no record is told and the kind of record is there at all, it is nought
with told_of as (
    select found.scheme, found.subject_id, found.fact, found.value
    from shape
    join found on found.scheme = shape.scheme and found.subject_id = shape.subject_id
    left join unfit
      on unfit.scheme = found.scheme and unfit.subject_id = found.subject_id and unfit.fact = found.fact
    where unfit.fact is null
)
select scheme, subject_id, fact, value
from told_of
union all
select shape.scheme, shape.subject_id, scheme_fact.fact, cast(0 as bigint) as value
from shape
join scheme_fact on scheme_fact.scheme = shape.scheme and scheme_fact.nought
left join told_of
  on told_of.scheme = shape.scheme and told_of.subject_id = shape.subject_id and told_of.fact = scheme_fact.fact
where told_of.fact is null
  and not exists (
      select 1 from unfit
      where unfit.scheme = shape.scheme and unfit.subject_id = shape.subject_id and unfit.fact = scheme_fact.fact
  )
