-- grain: one row per landed row of a kind that has to be reported; a decision handed in twice with one verdict counts once
-- `corrected_on`: a rejected row's decision was accepted, from another batch, on that day or later
with received as (
    select
        j.matter_kind,
        j.batch_id,
        j.row_no,
        j.accepted,
        coalesce(j.unit, b.unit) as unit,
        case when j.day between date '1990-01-01' and b.received_on then j.day end as day,
        j.decision_key,
        j.items,
        j.filled,
        b.received_on
    from judging as j
    inner join batch as b on b.batch_id = j.batch_id
),
repeated as (
    select decision_key
    from received
    where decision_key is not null
    group by decision_key
    having count(*) > 1
),
again as (
    select
        r.*,
        row_number() over (
            partition by r.decision_key, r.accepted order by r.received_on, r.batch_id, r.row_no
        ) = 1 as counts
    from received as r
    inner join repeated as t on t.decision_key = r.decision_key
),
corrections as (
    select w.batch_id, w.row_no, min(a.received_on) as corrected_on
    from again as w
    inner join again as a
        on a.decision_key = w.decision_key and a.accepted and a.batch_id <> w.batch_id and a.received_on >= w.received_on
    where not w.accepted
    group by w.batch_id, w.row_no
)
select
    r.*,
    coalesce(a.counts, true) as counts,
    c.corrected_on
from received as r
left join again as a on a.batch_id = r.batch_id and a.row_no = r.row_no
left join corrections as c on c.batch_id = r.batch_id and c.row_no = r.row_no
