-- grain: one row per penalty that had happened by the day, whether or not it is still published
-- weights: how many slight penalties one counts for, as data/rules/severity.toml sets them
select
    subject_type,
    subject_id,
    publish_until,
    cast($as_of as date) - happened_on as age,
    case when severity_level in ('一般', '较重', '严重') then 1 else 0 end as ordinary,
    case severity_level
        when '严重' then $weight_serious
        when '较重' then $weight_grave
        when '一般' then $weight_ordinary
        else $weight_slight
    end as weight
from penalty_known
where subject_id is not null
  and happened_on <= cast($as_of as date)
