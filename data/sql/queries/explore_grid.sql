-- grain: one row per official grade of $scheme and risk class: enterprises that fit the other filters, first and last day of rating
select grade, risk_class, count(*) as enterprises, min(rated_on) as rated_from, max(rated_on) as rated_to
from step_explored
group by grade, risk_class
order by grade, risk_class
