-- grain: one row per condition about a subject that is not listed; one about a model that did not score the snapshot
-- severity: error
-- says: 预警条件的对象不在主体表中
select c.rule_id, c.subject_type, c.subject_id
from condition as c
left join subject as s on s.subject_type = c.subject_type and s.subject_id = c.subject_id
left join risk_model as m on c.subject_type = 'model' and m.model_id = c.subject_id
where s.subject_id is null and m.model_id is null
