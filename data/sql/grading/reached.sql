-- grain: one row per subject: the best grade not excluded and the worst possible one by the tests; alike when all is known
-- a grade is excluded when one test fails, certain when all hold, possible when a fact is missing
with grade as (
    select
        scheme,
        subject_id,
        ordinal,
        min(case when holds = false then 0 else 1 end) as not_excluded,
        min(case when holds then 1 else 0 end) as certain
    from test
    group by scheme, subject_id, ordinal
)
select
    scheme,
    subject_id,
    min(case when not_excluded = 1 then ordinal end) as best,
    min(case when certain = 1 then ordinal end) as worst
from grade
group by scheme, subject_id
