-- grain: one row per penalty on a subject for what it did in its span (`span`: the periods asked for), not before $since
select
    span.subject_id,
    penalty_known.batch_id,
    penalty_known.row_no,
    penalty_known.happened_on,
    penalty_known.known_on,
    penalty_known.doc_no,
    coalesce(penalty_known.violation_type, penalty_known.violation_facts, '') as violation,
    coalesce(penalty_known.severity_level, '') as severity
from span
join penalty_known on penalty_known.subject_id = span.subject_id
where penalty_known.happened_on between span.period_from and span.period_to
  and penalty_known.happened_on >= $since
