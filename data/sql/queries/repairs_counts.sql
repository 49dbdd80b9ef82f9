-- grain: one row: how many published penalties of a county (null: all) stand where, on the day
select
    count(*) filter (where running) as running,
    count(*) filter (where may) as may,
    count(*) filter (where soon) as soon,
    count(*) filter (where over) as over,
    count(*) filter (where stopped) as stopped
from step_repair_standing
