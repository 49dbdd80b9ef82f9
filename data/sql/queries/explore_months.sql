-- grain: one row per enterprise in $ids and month since $since in which it was penalised
select subject_id, cast(date_trunc('month', happened_on) as date) as month, count(*) as penalties
from penalty_known
where happened_on >= $since
  and happened_on <= $as_of
  and list_contains($ids, subject_id)
group by subject_id, cast(date_trunc('month', happened_on) as date)
order by subject_id, month
