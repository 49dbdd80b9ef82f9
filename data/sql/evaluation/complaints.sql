-- grain: one row per complaint about the subject in the period that was found true, wholly or in part
-- says: 周期内查实（含部分属实）的投诉
-- subject: enterprise, practitioner
-- tables: complaint
-- folds: sum
-- none: 0
select
    asked.source,
    span.subject_id,
    complaint_known.batch_id,
    complaint_known.row_no,
    complaint_known.happened_on,
    complaint_known.known_on,
    concat_ws('，', complaint_known.doc_no, complaint_known.category, complaint_known.outcome) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
cross join asked
join complaint_known on complaint_known.subject_id = span.subject_id
where complaint_known.happened_on between span.period_from and span.period_to
  and complaint_known.outcome in ('属实', '部分属实')
