-- grain: one row per enterprise with a penalty of 一般 or worse that happened in the 180 days after $start, known at $as_of
-- $as_of is the day by which the label counts as known, 210 days after $start
select distinct subject_id
from penalty_known
where subject_type = 'enterprise'
  and subject_id is not null
  and severity_level in ('一般', '较重', '严重')
  and happened_on > cast($start as date)
  and happened_on <= cast($start as date) + 180
order by subject_id
