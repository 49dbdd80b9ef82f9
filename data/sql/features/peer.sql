-- grain: one row per group of peers: how many firms, and what they have had in all
select
    peer_group,
    count(*) as firms,
    sum(vehicles) as vehicles,
    sum(goods_vehicles) as goods_vehicles,
    sum(staff) as staff,
    sum(checks_1095) as checks_1095,
    sum(findings_1095) as findings_1095,
    sum(findings_365) as findings_365,
    sum(checks_weight) as checks_weight,
    sum(findings_weight) as findings_weight,
    sum(penalties_365) as penalties_365,
    sum(penalties_1095) as penalties_1095,
    sum(overloads_1095) as overloads_1095,
    sum(driver_penalties_365) as driver_penalties_365
from feature_counted
group by peer_group
