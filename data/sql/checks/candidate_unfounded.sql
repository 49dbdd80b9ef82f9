-- grain: one row per proposed pair of which a subject is not listed, or with no landed row behind it
-- severity: error
-- says: 疑似同一主体的一对缺少主体或来源行
select c.subject_type, c.left_id, c.right_id
from merge_candidate as c
left join subject as a on a.subject_type = c.subject_type and a.subject_id = c.left_id
left join subject as b on b.subject_type = c.subject_type and b.subject_id = c.right_id
left join merge_evidence as e
    on e.subject_type = c.subject_type and e.left_id = c.left_id and e.right_id = c.right_id and e.ordinal = 1
left join staged as s on s.batch_id = e.batch_id and s.row_no = e.row_no
where a.subject_id is null or b.subject_id is null or s.batch_id is null
