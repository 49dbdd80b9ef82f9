-- grain: one row per penalty on the subject for what it did in the period
-- says: 周期内的行政处罚
-- subject: enterprise, practitioner
-- tables: penalty
-- parameters: words text, severities list
-- folds: sum, any
-- none: 0
-- words: a pattern that the violation, or where it is not named what was found, must hold; severities: one of these levels
select
    span.subject_id,
    penalty_known.batch_id,
    penalty_known.row_no,
    penalty_known.happened_on,
    penalty_known.known_on,
    concat_ws('，', penalty_known.doc_no, penalty_known.violation_type, penalty_known.severity_level) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
join penalty_known on penalty_known.subject_id = span.subject_id
where penalty_known.happened_on between span.period_from and span.period_to
  and penalty_known.happened_on >= $since
  and ($words = '' or regexp_matches(coalesce(penalty_known.violation_type, penalty_known.violation_facts, ''), $words))
  and (len(cast($severities as text [])) = 0 or list_contains(cast($severities as text []), penalty_known.severity_level))
