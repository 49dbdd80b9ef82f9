-- grain: one row per receipt known at the end of $as_of that answers no decision anybody told
select r.batch_id, r.row_no, r.package_no, r.matter_kind, r.doc_no, r.subject_name, r.outcome, r.receipt_on, r.source_unit
from receipt_known as r
left join (select distinct receipt_fact_id from answer_pair) as p on p.receipt_fact_id = r.fact_id
where p.receipt_fact_id is null
