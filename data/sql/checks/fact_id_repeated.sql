-- grain: one row per fact id that occurs more than once
-- severity: error
-- says: 同一事实编号出现多次
select fact, fact_id, count(*) as times
from every_fact
group by fact, fact_id
having count(*) > 1
