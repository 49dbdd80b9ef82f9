-- grain: one row per penalty still published on the day: a penalty that ran out, was repaired or withdrawn is out from its day on
select
    subject_type,
    subject_id,
    cast($as_of as date) - happened_on as age,
    case when severity_level in ('一般', '较重', '严重') then 1 else 0 end as ordinary,
    case severity_level when '严重' then 12 when '较重' then 6 when '一般' then 3 else 1 end as weight
from penalty_known
where subject_id is not null
  and happened_on <= cast($as_of as date)
  and (publish_until is null or publish_until > cast($as_of as date))
