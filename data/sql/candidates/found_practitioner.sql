-- grain: one row per pair of practitioners of one name at one employer who are not both known by an identity number
with spread as (
    select name, owner_id
    from side_practitioner
    group by name, owner_id
    having count(*) between 2 and $most
),
shared as (
    select p.* from side_practitioner as p inner join spread as s on s.name = p.name and s.owner_id = p.owner_id
)
select
    'practitioner' as subject_type,
    a.subject_id as left_id,
    b.subject_id as right_id,
    'same_person' as kind,
    $same_person + case when a.code = b.code then $same_mask else 0 end as points,
    '姓名和服务单位相同：' || a.name || '，' || coalesce(a.owner_name, '')
        || case when a.code = b.code then '；证件号码的首尾几位相同' else '' end as note,
    a.name || '|' || a.owner_id || '|' || case when a.code = b.code then a.code else '' end as ground,
    a.batch_id as left_batch_id, a.row_no as left_row_no, b.batch_id as right_batch_id, b.row_no as right_row_no
from shared as a
inner join shared as b on b.name = a.name and b.owner_id = a.owner_id and b.subject_id > a.subject_id
where not (a.numbered and b.numbered)
