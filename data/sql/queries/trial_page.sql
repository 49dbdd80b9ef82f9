-- grain: one row per computed grade of a scheme that fits the filters, the worst first, those without a grade last, a page of them
-- a filter that is null lets everything pass; beside it the latest official grade of the same scheme known on the day
with
chosen as (
    select *
    from trial as t
    where t.scheme = $scheme
      and ($ungraded is null or (t.grade is null) = $ungraded)
      and ($grade is null or t.grade = $grade)
      and ($ids is null or list_contains($ids, t.subject_id))
      and ($county is null or t.subject_id in (select subject_id from subject where county = $county))
    order by t.ordinal desc nulls last, case when $fewer then -t.score else t.score end nulls last, t.subject_id
    limit $page_size offset $skip
),
rated as (
    select
        r.subject_id, r.grade, r.rated_on, r.happened_on, r.doc_no,
        row_number() over (partition by r.subject_id order by coalesce(r.rated_on, r.happened_on) desc, r.fact_id) as place
    from rating_known as r
    where r.scheme = $rated_as
      and r.subject_id in (select subject_id from chosen)
)
select
    c.*, s.name, s.county, s.sector, s.uscc, s.id_mask, s.owner_name,
    r.grade as official_grade, coalesce(r.rated_on, r.happened_on) as official_on, r.doc_no as official_no
from chosen as c
left join subject as s on s.subject_id = c.subject_id
left join rated as r on r.subject_id = c.subject_id and r.place = 1
order by c.ordinal desc nulls last, case when $fewer then -c.score else c.score end nulls last, c.subject_id
