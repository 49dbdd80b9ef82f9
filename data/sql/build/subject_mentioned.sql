-- grain: one row per subject that known facts speak of and no register knows on the build's day
with parties as (
    select
        subject_type, subject_id, name, uscc, cast(null as text) as owner_id, plate, plate_colour, id_mask, person_key,
        project_code, known_on, batch_id, row_no
    from every_mention
    union all
    select
        subject_type, subject_id, subject_name,
        case when subject_type = 'enterprise' then nullif(uscc, '00000000000000000X') end,
        cast(null as text), cast(null as text), cast(null as text),
        case when subject_type = 'practitioner' then id_no_mask end,
        case when subject_type = 'practitioner' then id_no_key end,
        cast(null as text), known_on, batch_id, row_no
    from penalty_known
),
mentions as (
    select
        subject_type, subject_id, name, uscc, owner_id, plate, plate_colour, id_mask, person_key, project_code,
        1 as rank_of_source, known_on, batch_id, row_no
    from parties
    union all
    select
        'enterprise', owner_id, owner_name, nullif(owner_uscc, '00000000000000000X'),
        cast(null as text), cast(null as text), cast(null as text), cast(null as text), cast(null as text), cast(null as text),
        2, known_on, batch_id, row_no
    from vehicle_known
    union all
    select
        'enterprise', employer_id, employer_name, nullif(employer_uscc, '00000000000000000X'),
        cast(null as text), cast(null as text), cast(null as text), cast(null as text), cast(null as text), cast(null as text),
        3, known_on, batch_id, row_no
    from practitioner_known
    union all
    select
        'enterprise', enterprise_id, subject_name, nullif(uscc, '00000000000000000X'),
        cast(null as text), cast(null as text), cast(null as text), cast(null as text), cast(null as text), cast(null as text),
        4, known_on, batch_id, row_no
    from overload_known
    union all
    select
        'vehicle', vehicle_id, plate, cast(null as text),
        enterprise_id, plate, plate_colour, cast(null as text), cast(null as text), cast(null as text),
        4, known_on, batch_id, row_no
    from overload_known
    union all
    select
        'practitioner', driver_id, driver_name, cast(null as text),
        enterprise_id, cast(null as text), cast(null as text), driver_cert_no_mask, driver_cert_no_key, cast(null as text),
        4, known_on, batch_id, row_no
    from overload_known
),
strangers as (
    select m.*
    from mentions as m
    left join subject_draft as d on d.subject_type = m.subject_type and d.subject_id = m.subject_id
    where m.subject_id is not null and d.subject_id is null
),
chosen as (
    select *
    from strangers
    qualify row_number() over (
        partition by subject_type, subject_id
        order by
            case when name is null then 1 else 0 end,
            case when subject_type in ('project', 'unit') and coalesce(project_code, uscc) is null then 1 else 0 end,
            rank_of_source, known_on desc, batch_id, row_no
    ) = 1
)
select
    subject_type, subject_id, name, uscc, cast(null as text) as county_text,
    cast(null as text) as sector, cast(null as text) as status,
    owner_id, plate, plate_colour, id_mask, person_key as id_key, person_key as cert_key,
    project_code as licence_no, false as registered
from chosen
