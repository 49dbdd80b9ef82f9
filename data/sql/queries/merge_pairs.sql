-- grain: one row per proposed pair that is named in `asked`
select c.*
from merge_candidate as c
inner join asked as a on a.left_id = c.left_id and a.right_id = c.right_id
order by c.subject_type, c.left_id, c.right_id
