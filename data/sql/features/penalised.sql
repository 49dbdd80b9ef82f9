-- grain: one row per penalty that had happened by the day, whether or not it is still published
select
    subject_type,
    subject_id,
    publish_until,
    cast($as_of as date) - happened_on as age,
    case when severity_level in ('一般', '较重', '严重') then 1 else 0 end as ordinary,
    case severity_level when '严重' then 12 when '较重' then 6 when '一般' then 3 else 1 end as weight
from penalty_known
where subject_id is not null
  and happened_on <= cast($as_of as date)
