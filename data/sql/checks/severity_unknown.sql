-- grain: one row per known penalty whose severity is none of the four steps
-- severity: error
-- says: 处罚的违法情节不在 轻微、一般、较重、严重 之中
select batch_id, row_no, severity, severity_level
from penalty_known
where severity_level is null or severity_level not in ('轻微', '一般', '较重', '严重')
