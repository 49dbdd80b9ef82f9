-- grain: one row per enterprise in $ids and scheme: its newest official grade, with the row that told it
select subject_id, scheme, grade, happened_on as rated_on, authority, batch_id, row_no
from rating_known
where subject_type = 'enterprise'
  and list_contains($ids, subject_id)
  and scheme is not null
  and grade is not null
  and happened_on <= cast($as_of as date)
qualify row_number() over (partition by subject_id, scheme order by happened_on desc, known_on desc, batch_id, row_no) = 1
order by subject_id, scheme
