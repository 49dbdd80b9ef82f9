-- grain: one row per fact id that occurs more than once
-- severity: error
-- says: 同一事实编号出现多次
-- numbers are grouped much faster than texts: the hash finds the few ids to look at
with suspected as (
    select hash(fact_id) as mark
    from every_fact
    group by hash(fact_id)
    having count(*) > 1
)
select fact, fact_id, count(*) as times
from every_fact
where hash(fact_id) in (select mark from suspected)
group by fact, fact_id
having count(*) > 1
