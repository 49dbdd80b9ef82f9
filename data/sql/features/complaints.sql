-- grain: one row per enterprise complained of in the last 730 days: complaints found true, wholly or in part
select subject_id, count(*) as complaints_730
from complaint_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on <= cast($as_of as date)
  and happened_on > cast($as_of as date) - 730
  and outcome in ('属实', '部分属实')
group by subject_id
