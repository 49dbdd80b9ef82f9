-- grain: one row per reason of one enterprise on the day, the strongest first
select *
from risk_reason
where subject_id = $subject_id
  and scored_on = cast($as_of as date)
order by ordinal
