-- grain: one row per driver of a taxi company at the end of its period who has an official grade
-- says: 期末在册、有官方等级的出租汽车驾驶员
-- subject: enterprise
-- tables: practitioner, rating
-- parameters: driver_grades list
-- folds: sum
-- none: 0
-- day: end
-- driver_grades: only drivers whose latest grade is one of these
with person as (
    select subject_id, employer_id
    from practitioner_known
    where subject_id is not null
      and regexp_matches(coalesce(cert_category, ''), '巡游出租|网络预约出租|网约|出租汽车驾驶')
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
graded as (
    select *
    from rating_known
    where scheme = '出租汽车驾驶员服务质量信誉考核'
      and subject_id is not null
      and coalesce(source, '官方评定') not in ('市场监管推送', '第三方评价')
      and happened_on <= cast($as_of as date)
    qualify row_number() over (
        partition by subject_id
        order by coalesce(year(year), year(happened_on) - 1) desc, happened_on desc, known_on desc, batch_id, row_no
    ) = 1
)
select
    asked.source,
    span.subject_id,
    graded.batch_id,
    graded.row_no,
    graded.happened_on,
    graded.known_on,
    concat_ws('，', graded.subject_name, graded.grade || ' 级') as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
cross join asked
join person on person.employer_id = span.subject_id
join graded on graded.subject_id = person.subject_id
where len(asked.driver_grades) = 0 or list_contains(asked.driver_grades, graded.grade)
