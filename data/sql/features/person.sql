-- grain: one row per practitioner of an employer: the employer that the newest line known on the day names
with newest as (
    select subject_id, employer_id, valid_until, integrity_grade
    from practitioner_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
)
select
    subject_id as person_id,
    employer_id as subject_id,
    case when valid_until < cast($as_of as date) + 30 then 1 else 0 end as lapsing,
    case when integrity_grade = 'B' then 1 else 0 end as failed
from newest
where employer_id is not null
