-- grain: one row per kind, rule and field by which counted rows of the month were rejected: how many rows, the most first
select j.matter_kind, w.rule, w.field, count(*) as rows_of
from work.judged as j
inner join work.judged_wrong as w on w.batch_id = j.batch_id and w.row_no = j.row_no
where j.counts
  and not j.accepted
  and j.received_on <= $as_of
  and cast(date_trunc('month', coalesce(j.day, j.received_on)) as date) = $month
  and list_contains($kinds, j.matter_kind)
  and ($unit is null or coalesce(j.unit, '未填') = $unit)
  and ($county is null
      or coalesce(j.unit, '未填') in (select q.unit from quality as q where q.county = $county))
group by j.matter_kind, w.rule, w.field
order by rows_of desc, j.matter_kind, w.rule, w.field
limit $most
