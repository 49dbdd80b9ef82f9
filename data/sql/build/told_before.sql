-- grain: one row per row of before that shares a fact with a row of `told`, as it was told
with shared as (
    select distinct fact_key from told
)
select
    s.kind, s.batch_id, s.row_no, s.fact_key, s.content_hash, s.happened_on, s.happened_basis, s.told_on, s.told_basis,
    s.received_on, s.subject_type, s.own_key, coalesce(s.party, s.own_key) as party, s.leads
from staged as s
inner join shared as h on h.fact_key = s.fact_key
