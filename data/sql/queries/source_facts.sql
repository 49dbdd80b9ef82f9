-- grain: one row per fact known on the day whose first row is row $row_no of batch $batch_id
with
facts as (
    select 'enterprise' as kind, happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from enterprise_known
    where batch_id = $batch_id and row_no = $row_no
    union all
    select 'vehicle', happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from vehicle_known
    where batch_id = $batch_id and row_no = $row_no
    union all
    select 'practitioner', happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from practitioner_known
    where batch_id = $batch_id and row_no = $row_no
    union all
    select 'permit', happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from permit_known
    where batch_id = $batch_id and row_no = $row_no
    union all
    select 'penalty', happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from penalty_known
    where batch_id = $batch_id and row_no = $row_no
    union all
    select 'inspection', happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from inspection_known
    where batch_id = $batch_id and row_no = $row_no
    union all
    select 'overload', happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from overload_known
    where batch_id = $batch_id and row_no = $row_no
),
named as (
    select f.*, s.name
    from facts as f
    left join subject as s on s.subject_type = f.subject_type and s.subject_id = f.subject_id
)
select * from named
order by kind, subject_type, subject_id
