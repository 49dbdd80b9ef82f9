-- grain: one row per landed row behind the pairs named in `asked`, in order
select e.*
from merge_evidence as e
inner join asked as a on a.left_id = e.left_id and a.right_id = e.right_id
order by e.left_id, e.right_id, e.ordinal
