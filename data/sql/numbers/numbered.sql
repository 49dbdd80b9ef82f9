-- grain: one row per told number that could be split before its serial
with split as (
    select
        *,
        regexp_extract(doc_no, $pattern, 1) as head,
        regexp_extract(doc_no, $pattern, 5) as serial_text
    from told_number
)
select place, authority_key, authority, doc_no, decision_date, batch_id, row_no, head, cast(serial_text as bigint) as serial
from split
where length(head) > 0
