-- grain: one row per decision of a unit and kind that must be reported, lies in the record and was not accepted yet
select
    fact_id, matter_kind, doc_no, authority_code, authority, subject_id, record_batch_id, record_row_no, outcome, package_no,
    county, decided_on, due_on
from duty
where unit = $unit
  and matter_kind = $matter_kind
  and must_report and recorded
  and outcome is distinct from '入库成功'
order by due_on, doc_no, fact_id
