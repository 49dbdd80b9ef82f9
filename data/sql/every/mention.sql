-- grain: one row per known fact whose standard says how a row becomes a fact, with what it says of its subject
select
    '{table}' as fact, {needed} as needed, l.subject_type, l.subject_id,
    case l.subject_type
        when 'practitioner' then {person_name}
        when 'vehicle' then {plate}
        when 'project' then coalesce({project_name}, {project_code})
        when 'unit' then coalesce({unit}, {unit_code})
        else {subject_name}
    end as name,
    case l.subject_type when 'enterprise' then {uscc} when 'unit' then {unit_code} end as uscc,
    case l.subject_type when 'enterprise' then {reg_no} end as reg_no,
    case l.subject_type when 'project' then {project_code} end as project_code,
    case l.subject_type when 'vehicle' then {plate} end as plate,
    case l.subject_type when 'vehicle' then {plate_colour} end as plate_colour,
    case l.subject_type when 'practitioner' then {person_mask} end as id_mask,
    case l.subject_type when 'practitioner' then {person_key} end as person_key,
    l.known_on, l.batch_id, l.row_no
from {table} as l
where {known}
