-- grain: one row per fact known on the day whose first row is row $row_no of batch $batch_id
with
facts as (
    select fact, happened_on, happened_basis, known_on, known_basis, subject_type, subject_id
    from every_known
    where fact <> 'licence' and batch_id = $batch_id and row_no = $row_no
),
named as (
    select f.*, s.name
    from facts as f
    left join subject as s on s.subject_type = f.subject_type and s.subject_id = f.subject_id
)
select * from named
order by fact, subject_type, subject_id
