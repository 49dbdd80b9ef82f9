-- grain: one row per enterprise with a class of the market regulator (企业信用风险分类): the newest
select subject_id, grade as market_class
from rating_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on <= cast($as_of as date)
  and scheme = '企业信用风险分类'
  and grade is not null
qualify row_number() over (partition by subject_id order by happened_on desc, known_on desc, batch_id, row_no) = 1
