-- grain: one row per piece of evidence that points to no accepted landed row
-- severity: error
-- says: 预警条件的依据指向不存在的来源行
select e.rule_id, e.subject_id, e.batch_id, e.row_no
from condition_evidence as e
left join staged as s on s.batch_id = e.batch_id and s.row_no = e.row_no
where s.batch_id is null
