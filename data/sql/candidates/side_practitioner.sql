-- grain: one row per practitioner with a name and an employer known on the build's day
-- `numbered`: the register gives an identity number; two of those are two persons
with told as (
    select subject_id, id_no_key is not null as numbered, known_on, batch_id, row_no, 1 as source_rank, '登记簿' as told_by
    from practitioner_known
    union all
    select driver_id, false, known_on, batch_id, row_no, 2, '治超抄告'
    from overload_known
    where driver_id is not null
),
chosen as (
    select *
    from told
    qualify row_number() over (
        partition by subject_id
        order by source_rank, case when numbered then 0 else 1 end, known_on desc, batch_id, row_no
    ) = 1
)
select
    'practitioner' as subject_type,
    s.subject_id,
    s.registered,
    s.name,
    s.id_mask as code,
    c.numbered,
    s.owner_id,
    s.owner_name,
    s.county,
    c.batch_id,
    c.row_no,
    c.told_by
from subject as s
inner join chosen as c on c.subject_id = s.subject_id
where s.subject_type = 'practitioner' and s.name is not null and s.owner_id is not null
