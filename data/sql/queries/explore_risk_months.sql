-- grain: one row per past month and enterprise in $ids, the oldest first
select subject_id, month_end, risk_class, points, city_rank, city_size
from risk_month
where list_contains($ids, subject_id)
order by subject_id, month_end
