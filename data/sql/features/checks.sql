-- grain: one row per enterprise that was checked: checks and findings of one, two and three years, the recent weighing more
select
    subject_id,
    sum(case when age < 365 then 1 else 0 end) as checks_365,
    sum(case when age < 365 then found else 0 end) as findings_365,
    sum(case when age < 730 then 1 else 0 end) as checks_730,
    sum(case when age < 730 then found else 0 end) as findings_730,
    sum(case when age < 1095 then 1 else 0 end) as checks_1095,
    sum(case when age < 1095 then found else 0 end) as findings_1095,
    sum(case when age < 1095 then 1 - found else 0 end) as clear_checks_1095,
    sum(case when age < 1095 then overdue else 0 end) as overdue_1095,
    sum(case when age < 1095 then 1095 - age else 0 end) as checks_weight,
    sum(case when age < 1095 then found * (1095 - age) else 0 end) as findings_weight,
    min(age) as days_since_check
from feature_check
group by subject_id
