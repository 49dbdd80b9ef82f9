-- grain: one row per offence of a driver in the period that costs so many points: a penalty, or an accident
-- says: 周期内按记分表记这个分值的行政处罚
-- subject: practitioner
-- tables: penalty
-- parameters: points integer
-- folds: sum
-- none: 0
-- which penalty costs how many points: the first line of offence_points whose words and severity it has
with counted as (
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
),
wording as (
    select distinct violation, severity from counted
),
first_line as (
    select wording.violation, wording.severity, min(offence_points.place) as place
    from wording
    join offence_points
      on (offence_points.words = '' or regexp_matches(wording.violation, offence_points.words))
     and (offence_points.severity = '' or offence_points.severity = wording.severity)
    group by wording.violation, wording.severity
)
select
    asked.source,
    counted.subject_id,
    counted.batch_id,
    counted.row_no,
    counted.happened_on,
    counted.known_on,
    concat_ws('，', counted.doc_no, counted.violation, nullif(counted.severity, '')) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from counted
join first_line on first_line.violation = counted.violation and first_line.severity = counted.severity
join offence_points on offence_points.place = first_line.place
join asked on asked.points = offence_points.points
