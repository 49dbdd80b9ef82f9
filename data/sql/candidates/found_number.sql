-- grain: one row per pair of enterprises that share a registration number or a licence number and do not both hold a valid code
with number as (
    select subject_id, 'reg_no' as sort_of, '工商注册号' as called, reg_no as number, numbered, batch_id, row_no
    from side_enterprise
    where reg_no is not null
    union all
    select subject_id, 'licence_no', '经营许可证号', licence_no, numbered, batch_id, row_no
    from side_enterprise
    where licence_no is not null
),
spread as (
    select sort_of, number from number group by sort_of, number having count(*) between 2 and $most
),
shared as (
    select n.* from number as n inner join spread as s on s.sort_of = n.sort_of and s.number = n.number
)
select
    'enterprise' as subject_type,
    a.subject_id as left_id,
    b.subject_id as right_id,
    'same_number' as kind,
    $same_number as points,
    a.called || '相同：' || a.number as note,
    a.sort_of || a.number as ground,
    a.batch_id as left_batch_id, a.row_no as left_row_no, b.batch_id as right_batch_id, b.row_no as right_row_no
from shared as a
inner join shared as b on b.sort_of = a.sort_of and b.number = a.number and b.subject_id > a.subject_id
where not (a.numbered and b.numbered)
qualify row_number() over (partition by a.subject_id, b.subject_id order by a.sort_of desc) = 1
