-- grain: one row per enterprise with an operating licence: days until the latest of its last days, negative when it is past
select subject_id, max(valid_until) - cast($as_of as date) as licence_days
from operating_licence_known
where subject_type = 'enterprise'
  and subject_id is not null
  and valid_until is not null
  and not regexp_matches(coalesce(status, ''), '注销|吊销|撤销')
group by subject_id
