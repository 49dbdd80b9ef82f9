-- grain: one row per receipt that answers no decision anybody told, and then per one that names a package nobody made here; the
-- newest first, the first $most of all, each with how many there are of its sort; $units null is all
with
found as (
    select
        package_no, matter_kind, doc_no, outcome, receipt_on, source_unit, batch_id, row_no, true as unanswering
    from receipt_apart
    union all
    select
        r.package_no, r.matter_kind, r.doc_no, r.outcome, r.receipt_on, r.source_unit, r.batch_id, r.row_no,
        false as unanswering
    from receipt_known as r
    left join receipt_apart as a on a.batch_id = r.batch_id and a.row_no = r.row_no
    where a.batch_id is null and not list_contains($package_nos, r.package_no)
),
counted as (
    select *, count(*) over (partition by unanswering) as total
    from found
    where $units is null or list_contains($units, source_unit)
)
select *
from counted
order by unanswering desc, receipt_on desc, batch_id, row_no
limit $most
