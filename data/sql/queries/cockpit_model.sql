-- grain: one row: the approved scorecard that made the risk of this snapshot; none without one
select *
from risk_model
order by model_id
