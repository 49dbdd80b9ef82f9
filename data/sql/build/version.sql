-- grain: one row per version of one fact: its first row, and the day a different content replaced it
with ordered as (
    select
        *,
        lag(content_hash) over (partition by fact_key order by known_on, received_on, batch_id, row_no) as content_before
    from settled
),
changed as (
    select *
    from ordered
    where content_before is null or content_before <> content_hash
)
select
    kind,
    'f' || left(md5(kind || chr(31) || batch_id || chr(31) || cast(row_no as varchar)), 20) as fact_id,
    fact_key,
    content_hash,
    batch_id,
    row_no,
    happened_on,
    happened_basis,
    known_on,
    known_basis,
    lead(known_on) over (partition by fact_key order by known_on, received_on, batch_id, row_no) as until,
    subject_type,
    own_key,
    party
from changed
