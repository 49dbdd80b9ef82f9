-- grain: one row per told row, with the day it became known
-- a correction is known from its receipt: an assumed day, or a report day the source only repeats, would change the past
with changing as (
    select fact_key
    from told
    group by fact_key
    having min(received_on) < max(received_on) and min(content_hash) <> max(content_hash)
),
receipt as (
    select t.fact_key, t.received_on, min(t.content_hash) as least_hash, max(t.content_hash) as greatest_hash
    from told as t
    inner join changing as c on c.fact_key = t.fact_key
    group by t.fact_key, t.received_on
),
before as (
    select
        fact_key,
        received_on,
        min(least_hash) over earlier as least_hash,
        max(greatest_hash) over earlier as greatest_hash,
        max(received_on) over earlier as last_received_on
    from receipt
    window earlier as (partition by fact_key order by received_on rows between unbounded preceding and 1 preceding)
),
settled as (
    select
        t.*,
        (b.least_hash <> t.content_hash or b.greatest_hash <> t.content_hash)
            and (t.told_basis = 'assumed' or t.told_on <= b.last_received_on) as corrects
    from told as t
    left join before as b on b.fact_key = t.fact_key and b.received_on = t.received_on
)
select
    kind, batch_id, row_no, fact_key, content_hash, happened_on, happened_basis, told_on, told_basis,
    case when corrects then received_on else told_on end as known_on,
    case when corrects then 'received' else told_basis end as known_basis,
    received_on, subject_type, own_key, party
from settled
