-- grain: one row per known vehicle whose owner no register knows
-- severity: warn
-- says: 营运车辆的业户不在经营业户表中
select v.batch_id, v.row_no, v.plate, v.owner_name
from vehicle_known as v
left join subject as s on s.subject_type = 'enterprise' and s.subject_id = v.owner_id and s.registered
where s.subject_id is null
