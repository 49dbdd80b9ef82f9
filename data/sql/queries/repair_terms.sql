-- grain: one row per penalty of the subjects in $ids that one of the rows asked about tells of, with its repair clock
select
    r.batch_id, r.row_no, r.version as repair_version, r.class as repair_class, r.min_until, r.max_until, r.publish_until,
    r.basis as repair_basis
from repair_clock as r
inner join asked as a on a.batch_id = r.batch_id and a.row_no = r.row_no
where r.subject_id in (select unnest($ids))
order by r.batch_id, r.row_no
