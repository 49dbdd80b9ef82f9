-- grain: one row per sector that has a registered enterprise in business, the largest first
select sector, count(*) as enterprises
from standing
where sector is not null
group by sector
order by enterprises desc, sector
