-- grain: one row per penalty known on $as_of, or returned to its sender by then, whose number could be split before its serial
-- a number in a returned row has been told of, so it is no gap
with told as (
    select coalesce(authority_code, authority) as authority_key, authority, doc_no, decision_date, batch_id, row_no
    from penalty_known
    where doc_no is not null and coalesce(authority_code, authority) is not null
    union all
    select authority_key, authority, doc_no, decision_date, batch_id, row_no
    from returned
),
split as (
    select
        *,
        regexp_extract(doc_no, $pattern, 1) as head,
        regexp_extract(doc_no, $pattern, 5) as serial_text
    from told
)
select authority_key, authority, doc_no, decision_date, batch_id, row_no, head, cast(serial_text as bigint) as serial
from split
where length(head) > 0
