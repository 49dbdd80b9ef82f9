-- grain: one row per penalty decision on one party known at the end of $as_of, with its repair clock
select
    p.fact_id, p.batch_id, p.row_no, p.subject_type, p.subject_id,
    c.decided_on, c.version, c.class, c.publish, c.eligible_from, c.min_until, c.max_until, p.publish_until,
    c.period_basis, c.class_basis, c.class_source, c.order_changed,
    case when c.class_basis = 'law' and c.period_basis = 'law' and not c.order_changed then 'law' else 'assumption' end as basis
from repair_judged as c
inner join penalty_known as p on p.fact_id = c.decision_id
