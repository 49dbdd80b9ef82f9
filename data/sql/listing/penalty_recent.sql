-- grain: one row per penalty decision on one party known at the end of $as_of, decided in the last $days days, not repaired
-- said: what it was for and on which article, as the decision says it; there are far fewer of these than decisions
select
    p.subject_type, p.subject_id,
    case when p.doc_no is null then p.fact_id else concat_ws('|', p.doc_no, coalesce(p.authority_code, p.authority)) end as item,
    coalesce(p.decision_date, p.happened_on) as happened_on,
    p.batch_id, p.row_no, p.penalty_kinds, p.fine_yuan, p.authority,
    concat_ws(' ', p.violation_type, p.legal_basis) as said,
    concat_ws('，', p.doc_no, p.violation_type) as note
from penalty_known as p
where p.subject_id is not null
  and coalesce(p.decision_date, p.happened_on) > cast($as_of as date) - cast($days as integer)
  and coalesce(p.decision_date, p.happened_on) <= cast($as_of as date)
  and (p.publish_until is null or p.publish_until > cast($as_of as date))
