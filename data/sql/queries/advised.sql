-- grain: one row per enterprise that was judged on the day: its risk class and the advice
select subject_id, risk_class, recommendation
from standing
where recommendation is not null
order by subject_id
