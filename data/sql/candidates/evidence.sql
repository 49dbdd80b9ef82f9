-- grain: one row per landed row behind one pair: who each of the two is, what they share, and vehicles that went over
with rows_of as (
    select f.subject_type, f.left_id, f.right_id, f.left_id as subject_id, s.batch_id, s.row_no, s.told_by as note, 1 as part
    from merge_candidate as f
    inner join side as s on s.subject_type = f.subject_type and s.subject_id = f.left_id
    union all
    select f.subject_type, f.left_id, f.right_id, f.right_id, s.batch_id, s.row_no, s.told_by, 2
    from merge_candidate as f
    inner join side as s on s.subject_type = f.subject_type and s.subject_id = f.right_id
    union all
    select subject_type, left_id, right_id, left_id, left_batch_id, left_row_no, '依据', 3 from found
    union all
    select subject_type, left_id, right_id, right_id, right_batch_id, right_row_no, '依据', 4 from found
    union all
    select 'enterprise', v.left_id, v.right_id, v.left_id, v.left_batch_id, v.left_row_no, '车辆 ' || v.plate, 5
    from shared_vehicle as v
    inner join merge_candidate as f
        on f.subject_type = 'enterprise' and f.left_id = v.left_id and f.right_id = v.right_id and f.kind = 'reregistered'
    qualify row_number() over (partition by v.left_id, v.right_id order by v.plate, v.vehicle_id) <= $vehicles
    union all
    select 'enterprise', v.left_id, v.right_id, v.right_id, v.right_batch_id, v.right_row_no, '车辆 ' || v.plate, 5
    from shared_vehicle as v
    inner join merge_candidate as f
        on f.subject_type = 'enterprise' and f.left_id = v.left_id and f.right_id = v.right_id and f.kind = 'reregistered'
    qualify row_number() over (partition by v.left_id, v.right_id order by v.plate, v.vehicle_id) <= $vehicles
),
once as (
    select *
    from rows_of
    qualify row_number() over (
        partition by subject_type, left_id, right_id, subject_id, batch_id, row_no
        order by part, note
    ) = 1
)
select
    subject_type, left_id, right_id,
    cast(row_number() over (
        partition by subject_type, left_id, right_id order by part, note, batch_id, row_no, subject_id
    ) as integer) as ordinal,
    subject_id, batch_id, row_no, note
from once
