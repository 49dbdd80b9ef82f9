-- grain: one row per past month of one enterprise, the oldest first
select month_end, risk_class, points, city_rank, city_size
from risk_month
where subject_id = $subject_id
order by month_end
