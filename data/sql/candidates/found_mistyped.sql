-- grain: one row per pair of enterprises whose codes differ by one typing error and whose names do not speak against it
select
    'enterprise' as subject_type,
    a.subject_id as left_id,
    b.subject_id as right_id,
    'mistyped_code' as kind,
    $mistyped_code as points,
    '代码只差' || n.error || '：' || a.code || ' 与 ' || b.code || '，' || n.wrong || ' 校验不通过' as note,
    a.code || '~' || b.code as ground,
    a.batch_id as left_batch_id, a.row_no as left_row_no, b.batch_id as right_batch_id, b.row_no as right_row_no
from near_code as n
inner join side_enterprise as a on a.subject_id = n.left_id
inner join side_enterprise as b on b.subject_id = n.right_id
