-- grain: one row per official grade of one scheme that is known of the subject, the newest first
-- what the market regulator or a third party says is no official grade of the scheme
select grade, score, year(rating_known.year) as year, rated_on, doc_no, authority, batch_id, row_no
from rating_known
where subject_id = $subject_id
  and scheme = $rated_as
  and coalesce(source, '官方评定') not in ('市场监管推送', '第三方评价')
order by coalesce(year(rating_known.year), year(happened_on) - 1) desc, happened_on desc, known_on desc, batch_id, row_no
