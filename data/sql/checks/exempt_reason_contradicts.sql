-- grain: one row per decision kept from publication for a reason that its own line denies
-- severity: warn
-- says: 不予公示的理由与决定本身不符（普通程序写成简易程序，单位写成自然人）
select register_batch_id as batch_id, register_row_no as row_no, doc_no, exempt_reason
from duty
where (exempt_reason = '简易程序' and procedure = '普通程序')
    or (exempt_reason = '自然人' and subject_type = 'enterprise')
