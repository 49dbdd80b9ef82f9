-- grain: one row per scheme, grade and its class in the overview (both null: the facts do not suffice) with how many have it
-- a filter that is null lets everything pass
select t.scheme, t.grade, t.ordinal, t.overview, count(*) as subjects
from trial as t
where ($scheme is null or t.scheme = $scheme)
  and ($ids is null or list_contains($ids, t.subject_id))
  and ($county is null or t.subject_id in (select subject_id from subject where county = $county))
group by t.scheme, t.grade, t.ordinal, t.overview
order by t.scheme, t.ordinal nulls last
