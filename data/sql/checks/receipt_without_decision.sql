-- grain: one row per receipt that answers no decision anybody told
-- severity: warn
-- says: 平台回执对不上任何已登记、已入库的决定
select batch_id, row_no, doc_no, receipt_on
from receipt_apart
