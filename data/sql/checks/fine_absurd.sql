-- grain: one row per known penalty whose fine or confiscation is more than 10 million yuan
-- severity: warn
-- says: 罚没金额超过 1000 万元，疑似单位填错
select batch_id, row_no, doc_no, fine_yuan, confiscation_yuan
from penalty_known
where fine_yuan > 10000000 or confiscation_yuan > 10000000
