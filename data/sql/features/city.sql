-- grain: one row: how many enterprises, vehicles and practitioners there are
select count(*) as firms, sum(vehicles) as vehicles, sum(staff) as staff
from feature_counted
