-- grain: one row when an approved model scored this snapshot
select *
from risk_model
order by model_id
