-- grain: one row per enterprise of $ids that was judged on the day: its risk class and the advice
select
    risk.subject_id,
    risk.risk_class,
    advice.recommendation,
    advice.because
from risk
join advice
  on advice.subject_type = risk.subject_type
 and advice.subject_id = risk.subject_id
where risk.scored_on = cast($as_of as date)
  and list_contains($ids, risk.subject_id)
order by risk.subject_id
