-- grain: one row per subject that a register knows on the build's day
with enterprises as (
    select e.*
    from enterprise_known as e
    left join subject_key as k on k.subject_type = 'enterprise' and k.first_key = 'uscc:' || e.uscc
    where e.subject_id is not null
    qualify row_number() over (
        partition by e.subject_id
        order by case when k.own_id = e.subject_id then 0 else 1 end, e.known_on desc, e.batch_id, e.row_no
    ) = 1
),
vehicles as (
    select *
    from vehicle_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
practitioners as (
    select *
    from practitioner_known
    where subject_id is not null
    qualify row_number() over (
        partition by subject_id order by valid_until desc nulls last, known_on desc, batch_id, row_no
    ) = 1
)
select
    subject_type, subject_id, name, nullif(uscc, '00000000000000000X') as uscc, county as county_text, sector, status,
    cast(null as text) as owner_id, cast(null as text) as plate, cast(null as text) as plate_colour,
    cast(null as text) as id_mask, cast(null as text) as id_key, cast(null as text) as cert_key,
    licence_no, true as registered
from enterprises
union all
select
    subject_type, subject_id, plate, cast(null as text), cast(null as text), vehicle_type, status,
    owner_id, plate, plate_colour,
    cast(null as text), cast(null as text), cast(null as text),
    transport_cert_no, true
from vehicles
union all
select
    subject_type, subject_id, name, cast(null as text), cast(null as text), cert_category, cast(null as text),
    employer_id, cast(null as text), cast(null as text),
    coalesce(id_no_mask, cert_no_mask), id_no_key, cert_no_key,
    cast(null as text), true
from practitioners
