-- grain: one row per distinct owner, employer or driver that a row names beside its own subject
with owners as (
    select nullif(owner_uscc, '00000000000000000X') as code, owner_name as name from landed_vehicle
    union
    select nullif(employer_uscc, '00000000000000000X'), employer_name from landed_practitioner
    union
    select nullif(uscc, '00000000000000000X'), subject_name from landed_overload
),
enterprises as (
    select distinct
        'enterprise' as subject_type,
        coalesce('uscc:' || code, 'reg_no:|licence:|name:' || name) as party,
        'uscc:' || code as own_key,
        case when code is null then name end as name,
        cast(null as text) as person_key
    from owners
    where code is not null or name is not null
),
drivers as (
    select distinct
        'practitioner' as subject_type,
        'person:' || driver_cert_no_key as party,
        'person:' || driver_cert_no_key as own_key,
        cast(null as text) as name,
        driver_cert_no_key as person_key
    from landed_overload
    where driver_cert_no_key is not null
)
select * from enterprises
union all
select * from drivers
