-- grain: one row per vehicle known on the build's day
-- `numbered`: the register gives plate and colour; two colours of one plate there are two vehicles
with told as (
    select subject_id, known_on, batch_id, row_no, 1 as source_rank, '登记簿' as told_by
    from vehicle_known
    union all
    select vehicle_id, known_on, batch_id, row_no, 2, '治超抄告'
    from overload_known
    where vehicle_id is not null
),
chosen as (
    select *
    from told
    qualify row_number() over (partition by subject_id order by source_rank, known_on desc, batch_id, row_no) = 1
)
select
    'vehicle' as subject_type,
    s.subject_id,
    s.registered,
    s.plate as name,
    s.plate_colour as code,
    s.registered and s.plate_colour is not null as numbered,
    s.owner_id,
    s.owner_name,
    s.county,
    c.batch_id,
    c.row_no,
    c.told_by
from subject as s
inner join chosen as c on c.subject_id = s.subject_id
where s.subject_type = 'vehicle' and s.plate is not null
