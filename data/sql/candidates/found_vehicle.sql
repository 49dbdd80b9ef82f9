-- grain: one row per pair of vehicles of one plate whose colours differ or of which one has none, not both on the register
select
    'vehicle' as subject_type,
    a.subject_id as left_id,
    b.subject_id as right_id,
    'same_plate' as kind,
    case when a.code is null or b.code is null then $no_colour else $other_colour end
        + case when a.owner_id = b.owner_id then $same_owner else 0 end as points,
    '号牌相同：' || a.name || case
        when a.code is null or b.code is null then '，一条记录没有写号牌颜色'
        else '，颜色写作“' || a.code || '”和“' || b.code || '”；同一号码的两种颜色也可以是两辆车' end
        || case when a.owner_id = b.owner_id then '；所属业户相同' else '' end as note,
    a.name || '|' || coalesce(a.code, '') || '|' || coalesce(b.code, '') as ground,
    a.batch_id as left_batch_id, a.row_no as left_row_no, b.batch_id as right_batch_id, b.row_no as right_row_no
from side_vehicle as a
inner join side_vehicle as b on b.name = a.name and b.subject_id > a.subject_id
where not (a.numbered and b.numbered)
