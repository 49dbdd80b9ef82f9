-- grain: one row per enterprise with published penalties: how many, and how grave, falling to nought at 1095 days
select
    subject_id,
    sum(case when age < 365 then 1 else 0 end) as penalties_365,
    sum(case when age < 365 then ordinary else 0 end) as ordinary_365,
    sum(case when age < 730 then 1 else 0 end) as penalties_730,
    sum(case when age < 1095 then 1 else 0 end) as penalties_1095,
    sum(case when age < 1095 then weight * (1095 - age) else 0 end) as severity_weight
from feature_published
where subject_type = 'enterprise'
group by subject_id
