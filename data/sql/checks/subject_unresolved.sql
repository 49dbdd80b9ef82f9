-- grain: one row per known fact whose subject could not be told
-- severity: warn
-- says: 记录的主体认不出来，需要补充代码或核对名称
select 'penalty' as fact, batch_id, row_no, subject_name from penalty_known where subject_id is null
union all
select 'overload', batch_id, row_no, plate from overload_known where subject_id is null
union all
select 'practitioner', batch_id, row_no, name from practitioner_known where subject_id is null
union all
select fact, batch_id, row_no, name from every_mention where subject_id is null and needed
