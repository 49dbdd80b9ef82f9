-- grain: one row per rejected row that counts and was corrected by $as_of: how many days that took
select
    coalesce(j.unit, '未填') as unit,
    j.matter_kind,
    cast(date_trunc('month', coalesce(j.day, j.received_on)) as date) as month,
    datediff('day', j.received_on, j.corrected_on) as days
from work.judged as j
where j.counts
  and not j.accepted
  and j.corrected_on <= $as_of
  and cast(date_trunc('month', coalesce(j.day, j.received_on)) as date) between $since and $until
  and list_contains($kinds, j.matter_kind)
  and ($unit is null or coalesce(j.unit, '未填') = $unit)
  and ($county is null
      or coalesce(j.unit, '未填') in (select q.unit from quality as q where q.county = $county))
order by 1, 2, 3, 4
