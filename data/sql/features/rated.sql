-- grain: one row per enterprise with a published grade of its trade: the newest, as scheme and grade; classes of the market regulator are apart
select subject_id, scheme || ' ' || grade as last_grade
from rating_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on <= cast($as_of as date)
  and scheme <> '企业信用风险分类'
  and grade is not null
qualify row_number() over (partition by subject_id order by happened_on desc, scheme, known_on desc, batch_id, row_no) = 1
