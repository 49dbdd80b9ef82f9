-- grain: one row per receipt that answers no decision anybody told, or names a package nobody made here, the newest first
select package_no, matter_kind, doc_no, subject_name, outcome, receipt_on, source_unit, batch_id, row_no, true as unanswering
from receipt_apart
union all
select
    r.package_no, r.matter_kind, r.doc_no, r.subject_name, r.outcome, r.receipt_on, r.source_unit, r.batch_id, r.row_no,
    false as unanswering
from receipt_known as r
left join receipt_apart as a on a.batch_id = r.batch_id and a.row_no = r.row_no
where a.batch_id is null and not list_contains($package_nos, r.package_no)
order by receipt_on desc, batch_id, row_no
