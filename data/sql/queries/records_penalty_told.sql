-- grain: one row per penalty named in $ids, all decided between $since and $until
select
    fact_id, coalesce(decision_date, happened_on) as day, subject_type, subject_id, batch_id, row_no, subject_name, doc_no,
    violation_type, severity_level, severity_basis, fine_yuan, authority
from penalty_known
where coalesce(decision_date, happened_on) between cast($since as date) and cast($until as date)
  and list_contains($ids, fact_id)
order by fact_id
