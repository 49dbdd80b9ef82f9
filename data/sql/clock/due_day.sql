-- grain: one row per day from 1900 on whose $days-th working day lies in the calendar (table workday)
select
    start.day as start_on,
    later.day as due_on,
    later.provisional_days > start.provisional_days as provisional
from workday as start
inner join workday as later
    on later.ordinal = start.ordinal + $days
    and later.is_workday
