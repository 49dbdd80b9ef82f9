-- grain: one row per subject that fits the text, best fit first, at most $most rows
with
fitted as (
    select
        *,
        case
            when uscc = $code or reg_no = $code or licence_no = $digits or plate = $plate or plate = $local_plate or subject_id = $id then 0
            when id_key = $person_key or cert_key = $person_key then 0
            when starts_with(name, $opening) then 1
            when starts_with(initials, $initials) then 2
            when contains(search_text, $fragment) or contains(plate, $plate) then 3
        end as fit
    from subject
),
ranked as (
    select *
    from fitted
    where fit is not null
)
select *
from ranked
order by fit, registered desc, subject_type, length(name), name, plate, subject_id
limit $most
