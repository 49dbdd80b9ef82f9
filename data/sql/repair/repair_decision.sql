-- grain: one row per penalty decision on one party known at the end of $as_of, as the repair clock looks at it
select
    p.fact_id as decision_id,
    p.decision_date as decided_on,
    p.penalty_kinds as kinds,
    p.fine_yuan,
    p.procedure,
    cast(null as text) as field,
    coalesce(p.subject_category = '自然人', false) as natural_person,
    false as serious_list,
    false as repeat_offender
from penalty_known as p
where p.decision_date is not null
