-- grain: one row per fact version that stops being known before it is known
-- severity: error
-- says: 事实的失效日早于知悉日
select fact, fact_id, known_on, until
from every_fact
where until < known_on
