-- grain: one row per receipt that answers no decision anybody told, and then per one that names a package nobody made here; the
-- newest first, the first $most of all, each with how many there are of its sort; $units null is all
-- each sort is counted by itself: a count beside every row would have all receipts of years laid out
with unanswering as (
    select package_no, matter_kind, doc_no, outcome, receipt_on, source_unit, batch_id, row_no
    from receipt_apart
    where $units is null or list_contains($units, source_unit)
),
counted as (
    select
        (select count(*) from unanswering) as alone,
        (
            select count(*)
            from receipt_known
            where ($units is null or list_contains($units, source_unit)) and not list_contains($package_nos, package_no)
        ) - (
            select count(*) from unanswering where not list_contains($package_nos, package_no)
        ) as foreign_made
),
newest as (
    select r.package_no, r.matter_kind, r.doc_no, r.outcome, r.receipt_on, r.source_unit, r.batch_id, r.row_no
    from receipt_known as r
    left join receipt_apart as a on a.batch_id = r.batch_id and a.row_no = r.row_no
    where ($units is null or list_contains($units, r.source_unit))
      and not list_contains($package_nos, r.package_no)
      and a.batch_id is null
    order by r.receipt_on desc, r.batch_id, r.row_no
    limit $most
),
found as (
    select *, true as unanswering from unanswering
    union all
    select *, false as unanswering from newest
)
select f.*, case when f.unanswering then c.alone else c.foreign_made end as total
from found as f
cross join counted as c
order by f.unanswering desc, f.receipt_on desc, f.batch_id, f.row_no
limit $most
