-- grain: one row per event of one subject known on the day, the newest first, one page of them; filters may be null
with
penalties as (
    select
        'penalty' as kind, happened_on, happened_basis, violation_type as headline, content as detail, legal_basis, doc_no,
        severity_level, severity_basis, fine_yuan as amount_yuan, cast(null as decimal(18, 6)) as over_rate,
        cast(null as text) as plate, cast(null as text) as vehicle_id, authority, known_on, known_basis, batch_id, row_no
    from penalty_known
    where subject_id = $subject_id
),
overloads as (
    select
        'overload' as kind, happened_on, happened_basis, goods as headline, station as detail, cast(null as text) as legal_basis,
        case_no as doc_no, cast(null as text) as severity_level, cast(null as text) as severity_basis,
        fine_yuan as amount_yuan, over_rate, plate, vehicle_id, authority, known_on, known_basis, batch_id, row_no
    from overload_known
    where subject_id = $subject_id or enterprise_id = $subject_id or driver_id = $subject_id
),
events as (
    select * from penalties
    union all
    select * from overloads
    union all
    select * from every_event
),
counted as (
    select *, count(*) over () as total
    from events
    where ($kinds is null or list_contains($kinds, kind))
      and ($since is null or happened_on > $since)
)
select *
from counted
order by happened_on desc, kind, doc_no, batch_id, row_no
limit $page_size offset $first
