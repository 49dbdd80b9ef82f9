-- grain: one row per day scored of one enterprise, the latest first, with the advice of the build's day
select
    risk.*,
    advice.recommendation,
    advice.because
from risk
left join advice
  on advice.subject_type = risk.subject_type
 and advice.subject_id = risk.subject_id
where risk.subject_id = $subject_id
order by risk.scored_on desc
