-- grain: one row per enterprise with practitioners: how many, how many whose certificate runs out within 30 days, how many graded B
select
    subject_id,
    count(*) as staff,
    sum(lapsing) as staff_lapsing,
    sum(failed) as staff_failed
from feature_person
group by subject_id
