-- grain: one row per enterprise that broke a promise checked in the last 1095 days: how many
select subject_id, count(*) as broken_1095
from commitment_known
where subject_type = 'enterprise'
  and subject_id is not null
  and kept = '未履行'
  and coalesce(checked_on, happened_on) <= cast($as_of as date)
  and coalesce(checked_on, happened_on) > cast($as_of as date) - 1095
group by subject_id
