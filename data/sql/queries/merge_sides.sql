-- grain: one row per subject named in $ids, with what tells it from another: numbers, place, people, what is on file
with
entry as (
    select subject_id, legal_rep, address, status, reg_no, licence_no
    from enterprise_known
    where subject_id in (select unnest($ids))
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
named as (
    select subject_id, name
    from enterprise
    where subject_id in (select unnest($ids)) and known_on <= $as_of
),
former as (
    select n.subject_id, array_to_string(list_sort(list_distinct(list(n.name))), '、') as names
    from named as n
    inner join subject as s on s.subject_type = 'enterprise' and s.subject_id = n.subject_id and s.name <> n.name
    group by n.subject_id
),
record as (
    select subject_id, legal_rep, coalesce(happened_on, known_on) as seen_on from penalty_known
    where subject_id in (select unnest($ids))
    union all
    select subject_id, legal_rep, coalesce(happened_on, known_on) from permit_known where subject_id in (select unnest($ids))
    union all
    select subject_id, legal_rep, coalesce(happened_on, known_on) from inspection_known where subject_id in (select unnest($ids))
    union all
    select enterprise_id, cast(null as text), coalesce(happened_on, known_on) from overload_known
    where enterprise_id in (select unnest($ids))
    union all
    select vehicle_id, cast(null as text), coalesce(happened_on, known_on) from overload_known
    where vehicle_id in (select unnest($ids))
    union all
    select driver_id, cast(null as text), coalesce(happened_on, known_on) from overload_known
    where driver_id in (select unnest($ids))
),
seen as (
    select subject_id, count(*) as records, min(seen_on) as first_seen, max(seen_on) as last_seen, max(legal_rep) as legal_rep
    from record
    group by subject_id
),
held as (
    select
        owner_id,
        count(case when subject_type = 'vehicle' then 1 end) as vehicles,
        count(case when subject_type = 'practitioner' then 1 end) as staff
    from subject
    where owner_id in (select unnest($ids))
    group by owner_id
)
select
    s.subject_type, s.subject_id, s.name, f.names as former_names, s.uscc, coalesce(e.reg_no, s.reg_no) as reg_no,
    coalesce(e.licence_no, s.licence_no) as licence_no, s.county, s.sector, coalesce(e.status, s.status) as status,
    coalesce(e.legal_rep, n.legal_rep) as legal_rep, e.address, s.owner_id, s.owner_name, s.plate, s.plate_colour, s.id_mask,
    s.registered, coalesce(h.vehicles, 0) as vehicles, coalesce(h.staff, 0) as staff,
    coalesce(n.records, 0) as records, n.first_seen, n.last_seen
from subject as s
left join entry as e on s.subject_type = 'enterprise' and e.subject_id = s.subject_id
left join former as f on s.subject_type = 'enterprise' and f.subject_id = s.subject_id
left join seen as n on n.subject_id = s.subject_id
left join held as h on h.owner_id = s.subject_id
where s.subject_id in (select unnest($ids))
order by s.subject_type, s.subject_id
