-- grain: one row per over-limit case: the vehicle, whose it was on the day of the case, the driver
-- the owner is the one the register gave on that day; of a case older than the register, the first it ever gave
with named as (
    select
        c.fact_id,
        c.happened_on,
        v.subject_id as vehicle_id,
        v.resolved_by,
        e.subject_id as typed_id,
        d.subject_id as driver_id
    from overload_case as c
    left join party as v
        on v.subject_type = 'vehicle' and v.party = 'plate:' || c.plate || '|' || coalesce(c.plate_colour, '')
    left join party as e
        on e.subject_type = 'enterprise'
        and e.party = coalesce('uscc:' || nullif(c.uscc, '00000000000000000X'), 'reg_no:|licence:|name:' || c.subject_name)
    left join party as d on d.subject_type = 'practitioner' and d.party = 'person:' || c.driver_cert_no_key
),
owned as (
    select
        n.fact_id,
        r.owner_id,
        r.known_on,
        r.known_on <= coalesce(n.happened_on, cast($as_of as date)) as held,
        r.batch_id,
        r.row_no
    from named as n
    inner join vehicle as r on r.subject_id = n.vehicle_id
    where r.owner_id is not null and r.known_on <= $as_of and (r.until is null or r.until > r.known_on)
),
owners as (
    select fact_id, owner_id
    from owned
    qualify row_number() over (
        partition by fact_id
        order by
            case when held then 0 else 1 end, case when held then known_on end desc nulls last, known_on, batch_id, row_no
    ) = 1
)
select
    n.fact_id,
    n.vehicle_id as subject_id,
    n.resolved_by,
    n.vehicle_id,
    coalesce(o.owner_id, n.typed_id) as enterprise_id,
    n.driver_id
from named as n
left join owners as o on o.fact_id = n.fact_id
