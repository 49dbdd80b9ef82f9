-- grain: one row: how many subjects stand, in the look-up's order, before the first that reads otherwise than before
with changed as (
    select registered, subject_type, name, plate, subject_id from subject_new
    union all
    select registered, subject_type, name, plate, subject_id from subject_gone
),
first_changed as (
    select *
    from changed
    order by registered desc, subject_type, length(name), name, plate, subject_id
    limit 1
)
select cast(count(*) as integer) as first_place
from subject as s
cross join first_changed as f
where s.registered > f.registered
   or (s.registered = f.registered and (
        s.subject_type < f.subject_type
        or (s.subject_type = f.subject_type and (
            coalesce(length(s.name), 2147483647) < coalesce(length(f.name), 2147483647)
            or (coalesce(length(s.name), 2147483647) = coalesce(length(f.name), 2147483647) and (
                coalesce(s.name, '') < coalesce(f.name, '')
                or (coalesce(s.name, '') = coalesce(f.name, '') and (
                    (s.plate is not null and f.plate is null)
                    or s.plate < f.plate
                    or (s.plate is not distinct from f.plate and s.subject_id < f.subject_id)
                ))
            ))
        ))
   ))
