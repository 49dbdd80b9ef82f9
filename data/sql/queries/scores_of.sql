-- grain: one row per value that a landed file gives for one subject, scheme (by its title) and year, as known on the day
select item_code, item, value, method, scorer, scored_on, authority, batch_id, row_no
from evaluation_score_known
where subject_id = $subject_id and scheme = $scheme and extract(year from year) = $year
order by scored_on, batch_id, row_no
