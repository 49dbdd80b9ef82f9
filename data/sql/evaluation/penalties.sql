-- grain: one row per penalty on the subject for what it did in the period
-- says: 周期内的行政处罚
-- subject: enterprise, practitioner
-- tables: penalty
-- parameters: words text, severities list
-- folds: sum, any
-- none: 0
-- words: a pattern that the violation, or where it is not named what was found, must hold; severities: one of these levels
with wording as (
    select distinct violation, severity from step_penalty_in_span as counted
),
fitting as (
    select asked.source, wording.violation, wording.severity
    from wording
    join asked
      on (asked.words = '' or regexp_matches(wording.violation, asked.words))
     and (len(asked.severities) = 0 or list_contains(asked.severities, wording.severity))
)
select
    fitting.source,
    counted.subject_id,
    counted.batch_id,
    counted.row_no,
    counted.happened_on,
    counted.known_on,
    concat_ws('，', counted.doc_no, counted.violation, nullif(counted.severity, '')) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from step_penalty_in_span as counted
join fitting on fitting.violation = counted.violation and fitting.severity = counted.severity
