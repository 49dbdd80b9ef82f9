-- grain: one row per condition that names no row behind it; behind one about a model stands what was found of it
-- severity: error
-- says: 预警条件没有任何依据行
select c.rule_id, c.subject_type, c.subject_id
from condition as c
left join condition_evidence as e
    on e.rule_id = c.rule_id and e.subject_type = c.subject_type and e.subject_id = c.subject_id
left join model_watch as w on c.subject_type = 'model' and w.model_id = c.subject_id and w.finding
where e.rule_id is null and w.model_id is null
