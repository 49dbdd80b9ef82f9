-- grain: one row per distinct day from which a backfilled row's knowledge is reckoned
select distinct s.base_day as day
from stage as s
inner join batch as b on b.batch_id = s.batch_id
where b.backfill and s.base_day is not null
