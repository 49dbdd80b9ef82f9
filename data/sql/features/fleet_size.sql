-- grain: one row per enterprise with vehicles: how many, how many carry goods, of how many the inspection runs out within 30 days
select
    subject_id,
    count(*) as vehicles,
    sum(goods) as goods_vehicles,
    sum(lapsing) as vehicles_lapsing
from feature_fleet
group by subject_id
