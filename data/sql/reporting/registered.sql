-- grain: one row per decision that a register tells at the end of $as_of, with the day a later export left it out
-- an export speaks for the days between its first and its last decision of the unit and kind, and for no others
with known as (
    select *
    from decision_register_known
),
line as (
    select k.fact_id, k.unit, k.matter_kind, k.decided_on, s.fact_key
    from known as k
    inner join staged as s on s.kind = 'decision_register' and s.batch_id = k.batch_id and s.row_no = k.row_no
),
listed as (
    select l.fact_id, l.unit, l.matter_kind, l.decided_on, s.batch_id, s.received_on
    from line as l
    inner join staged as s on s.kind = 'decision_register' and s.fact_key = l.fact_key
    where s.received_on <= $as_of
),
export as (
    select
        unit, matter_kind, batch_id, received_on,
        min(decided_on) as first_on,
        max(decided_on) as last_on
    from listed
    group by unit, matter_kind, batch_id, received_on
),
last_listed as (
    select fact_id, unit, matter_kind, decided_on, max(received_on) as listed_on
    from listed
    group by fact_id, unit, matter_kind, decided_on
),
dropped as (
    select l.fact_id, min(e.received_on) as dropped_on
    from last_listed as l
    inner join export as e on e.unit = l.unit and e.matter_kind = l.matter_kind
    where e.received_on > l.listed_on and l.decided_on between e.first_on and e.last_on
    group by l.fact_id
)
select
    k.*,
    upper(k.doc_no) as number,
    coalesce(k.authority_code, a.code, k.authority) as office,
    d.dropped_on
from known as k
left join authority_code as a on a.name = k.authority
left join dropped as d on d.fact_id = k.fact_id
