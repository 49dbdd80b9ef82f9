-- grain: one row per penalty with a number known on $as_of, or returned to its sender by then
-- a number in a returned row has been told of, so it is no gap
select coalesce(authority_code, authority) as authority_key, authority, doc_no, decision_date, batch_id, row_no
from penalty_known
where doc_no is not null and coalesce(authority_code, authority) is not null
union all
select authority_key, authority, doc_no, decision_date, batch_id, row_no
from returned
