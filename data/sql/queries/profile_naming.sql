-- grain: one row per row known on the day that gives an enterprise a name or a number, the earliest first
with told as (
    select '登记簿' as told_by, name, nullif(uscc, '00000000000000000X') as uscc, reg_no, known_on as since, batch_id, row_no
    from enterprise
    where subject_id = $subject_id and known_on <= $as_of
    union all
    select '行政处罚', subject_name, nullif(uscc, '00000000000000000X'), reg_no, known_on, batch_id, row_no
    from penalty_known
    where subject_type = 'enterprise' and subject_id = $subject_id
    union all
    select '行政许可', subject_name, nullif(uscc, '00000000000000000X'), reg_no, known_on, batch_id, row_no
    from permit_known
    where subject_type = 'enterprise' and subject_id = $subject_id
    union all
    select '监督检查', subject_name, nullif(uscc, '00000000000000000X'), cast(null as text), known_on, batch_id, row_no
    from inspection_known
    where subject_type = 'enterprise' and subject_id = $subject_id
)
select *
from told
order by since, case when told_by = '登记簿' then 0 else 1 end, batch_id, row_no
