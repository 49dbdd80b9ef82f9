-- grain: one row per enterprise of $ids that was judged on the day: its risk class and the advice
select subject_id, risk_class, recommendation, because
from standing
where subject_id in (select unnest($ids)) and recommendation is not null
order by subject_id
