-- grain: one row per thing watched of the model that scored this snapshot: its age, its score, then the variables by title
select *
from model_watch
order by case measure when 'age' then 0 when 'psi' then 1 else 2 end, title
