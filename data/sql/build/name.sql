-- grain: one row per distinct name that a subject carries and whose initials are not known yet
with carried as (
    select distinct name
    from subject_draft
    where name is not null
)
select c.name
from carried as c
left join initials_before as b on b.name = c.name
where b.name is null
