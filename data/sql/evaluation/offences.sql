-- grain: one row per offence of a driver in the period that costs so many points: a penalty, or an accident
-- says: 周期内按记分表记这个分值的行政处罚
-- subject: practitioner
-- tables: penalty
-- parameters: points integer
-- folds: sum
-- none: 0
-- which penalty costs how many points: the first line of offence_points whose words and severity it has
with wording as (
    select distinct violation, severity from step_penalty_in_span as counted
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
from step_penalty_in_span as counted
join first_line on first_line.violation = counted.violation and first_line.severity = counted.severity
join offence_points on offence_points.place = first_line.place
join asked on asked.points = offence_points.points
