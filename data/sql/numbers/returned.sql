-- grain: one row per penalty row that landing returned to its sender and that had been handed in by the end of $as_of
-- of a load of old years what was decided by then counts, as it does among the facts; a day after the load is none
select r.authority_code, r.authority, r.doc_no, r.decision_date, r.batch_id, r.row_no
from landed_returned as r
inner join batch as b on b.batch_id = r.batch_id
where r.doc_no is not null
  and (
      b.received_on <= $as_of
      or (b.backfill and (r.decision_date is null or r.decision_date <= $as_of or r.decision_date > b.received_on))
  )
