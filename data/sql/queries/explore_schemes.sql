-- grain: one row per scheme under which an enterprise was officially graded, with its grades; $gathered holds several; the widest first
select scheme, list_sort(list(distinct grade)) as grades, count(*) as ratings
from rating_known
where subject_type = 'enterprise'
  and subject_id is not null
  and grade is not null
  and scheme <> $gathered
  and happened_on <= cast($as_of as date)
group by scheme
order by ratings desc, scheme
