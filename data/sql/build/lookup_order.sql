-- grain: one row per subject with its place, from 0, among equally good answers of the look-up; and one, `gone`, per subject as it
-- read before, with the place where it would stand now
with listed as (
    select
        s.subject_type, s.subject_id, s.registered, s.name, s.plate,
        false as gone,
        n.subject_id is not null as differs
    from subject as s
    left join subject_new as n on n.subject_id = s.subject_id
    union all
    select subject_type, subject_id, registered, name, plate, true as gone, true as differs
    from subject_gone
),
counted as (
    select
        *,
        count(case when not gone then 1 end) over (
            order by registered desc, subject_type, length(name), name, plate, subject_id, gone
            rows between unbounded preceding and current row
        ) as standing
    from listed
)
select subject_type, subject_id, gone, differs, cast(case when gone then standing else standing - 1 end as integer) as place
from counted
