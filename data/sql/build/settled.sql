-- grain: one row per told row, with the day it became known; the rows that lead are versions, known until the next one
-- a correction is known from its receipt: an assumed day, or a report day the source only repeats, would change the past
-- a fact told once needs none of this: most are
with repeated as (
    select fact_key
    from told
    group by fact_key
    having count(*) > 1
),
again as (
    select t.*
    from told as t
    inner join repeated as r on r.fact_key = t.fact_key
),
once as (
    select t.*
    from told as t
    left join repeated as r on r.fact_key = t.fact_key
    where r.fact_key is null
),
receipt as (
    select fact_key, received_on, min(content_hash) as least_hash, max(content_hash) as greatest_hash
    from again
    group by fact_key, received_on
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
corrected as (
    select
        a.*,
        (b.least_hash <> a.content_hash or b.greatest_hash <> a.content_hash)
            and (a.told_basis = 'assumed' or a.told_on <= b.last_received_on) as corrects
    from again as a
    left join before as b on b.fact_key = a.fact_key and b.received_on = a.received_on
),
dated as (
    select
        * exclude (corrects),
        case when corrects then received_on else told_on end as known_on,
        case when corrects then 'received' else told_basis end as known_basis
    from corrected
),
compared as (
    select
        *,
        lag(content_hash) over (partition by fact_key order by known_on, received_on, batch_id, row_no) as content_before
    from dated
),
marked as (
    select * exclude (content_before), content_before is null or content_before <> content_hash as leads
    from compared
),
followed as (
    select
        batch_id,
        row_no,
        lead(known_on) over (partition by fact_key order by known_on, received_on, batch_id, row_no) as until
    from marked
    where leads
)
select *, told_on as known_on, told_basis as known_basis, true as leads, cast(null as date) as until
from once
union all by name
select m.*, f.until
from marked as m
left join followed as f on m.leads and f.batch_id = m.batch_id and f.row_no = m.row_no
