-- grain: one row per accepted landed row of a kind whose standard says how a row becomes a fact
with named as (
    select
        l.batch_id,
        l.row_no,
        l.content_hash,
        {happened_on} as happened_on,
        {happened_basis} as happened_basis,
        {reported_on} as reported_on,
        {base_day} as base_day,
        {fact_text} as fact_text,
        {subject_type} as subject_type,
        {uscc} as uscc,
        {reg_no} as reg_no,
        {licence_no} as licence_no,
        {subject_name} as subject_name,
        {person_key} as person_key,
        {plate} as plate,
        {plate_colour} as plate_colour,
        {project_code} as project_code,
        {project_name} as project_name,
        {unit_code} as unit_code,
        {unit} as unit
    from landed_{kind} as l
),
claimed as (
    select
        *,
        case subject_type
            when 'practitioner' then 'person:' || person_key
            when 'vehicle' then 'plate:' || plate || '|' || coalesce(plate_colour, '')
            when 'project' then coalesce(
                'project:' || project_code, 'project:|name:' || upper(replace(translate(project_name, '（）', '()'), ' ', ''))
            )
            when 'unit' then coalesce(
                'unit:' || unit_code, 'unit:|name:' || upper(replace(translate(unit, '（）', '()'), ' ', ''))
            )
            when 'enterprise' then coalesce('uscc:' || uscc, 'reg_no:' || reg_no)
        end as own_key,
        case subject_type
            when 'practitioner' then 'person:' || person_key
            when 'vehicle' then 'plate:' || plate || '|' || coalesce(plate_colour, '')
            when 'project' then case when coalesce(project_code, project_name) is not null
                then 'project:' || coalesce(project_code, '') || '|name:' || coalesce(project_name, '') end
            when 'unit' then case when coalesce(unit_code, unit) is not null
                then 'unit:' || coalesce(unit_code, '') || '|name:' || coalesce(unit, '') end
            when 'enterprise' then case when uscc is not null
                then 'uscc:' || uscc
                else 'reg_no:' || coalesce(reg_no, '') || '|licence:' || coalesce(licence_no, '')
                    || '|name:' || coalesce(subject_name, '') end
        end as party
    from named
)
select
    '{kind}' as kind,
    batch_id,
    row_no,
    content_hash,
    happened_on,
    happened_basis,
    reported_on,
    base_day,
    false as registry,
    fact_text,
    subject_type,
    own_key,
    party,
    case when party like 'reg_no:%' then reg_no end as reg_no,
    case when party like 'reg_no:%' then licence_no end as licence_no,
    case
        when party like 'reg_no:%' then subject_name
        when subject_type = 'project' then project_name
        when subject_type = 'unit' then unit
    end as name,
    case when subject_type = 'vehicle' then plate end as plate,
    case when subject_type = 'vehicle' then plate_colour end as plate_colour,
    case when subject_type = 'practitioner' then person_key end as person_key
from claimed
