-- grain: one row per decision of a unit and kind that must be reported, lies in the record and was not accepted yet
select
    d.fact_id, d.matter_kind, d.doc_no, d.authority_code, d.authority, d.subject_id, d.record_batch_id, d.record_row_no,
    d.outcome, d.package_no, d.county, d.decided_on, d.due_on, d.provisional, s.name as subject_name
from duty as d
left join subject as s on s.subject_type = d.subject_type and s.subject_id = d.subject_id
where d.unit = $unit
  and d.matter_kind = $matter_kind
  and d.must_report and d.recorded
  and d.outcome is distinct from '入库成功'
order by d.due_on, d.doc_no, d.fact_id
