-- grain: one row per version of one fact: its first row, and the day a different content replaced it
select
    kind,
    'f' || left(md5(kind || chr(31) || batch_id || chr(31) || cast(row_no as varchar)), 20) as fact_id,
    batch_id,
    row_no,
    happened_on,
    happened_basis,
    known_on,
    known_basis,
    until,
    subject_type,
    own_key,
    party
from settled
where leads
