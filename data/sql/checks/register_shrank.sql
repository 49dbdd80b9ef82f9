-- grain: one row per decision that a unit's register listed and a later export of the same days no longer does
-- severity: warn
-- says: 登记簿变少：同一单位较晚的导出不再列出先前列过的决定
select register_batch_id as batch_id, register_row_no as row_no, doc_no, dropped_on
from duty
where dropped_on is not null
