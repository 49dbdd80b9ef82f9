-- grain: one row per day of a decision and number of working days that the rule gives
with asked as (
    select distinct t.decided_on as day, r.workdays
    from duty_told as t
    inner join reporting_rule as r
        on r.matter_kind = t.matter_kind and t.decided_on between r.effective_from and r.effective_to
    union
    select distinct greatest(t.changed_on, b.receipt_on) as day, r.withdraw_workdays as workdays
    from duty_told as t
    inner join receipt_best as b on b.fact_id = t.fact_id and b.outcome = '入库成功'
    inner join reporting_rule as r
        on r.matter_kind = t.matter_kind and t.decided_on between r.effective_from and r.effective_to
    where t.changed_on is not null
)
select a.day, a.workdays, e.day as last_on, not (f.announced and e.announced) as provisional
from asked as a
inner join workday as d on d.day = a.day
inner join workday as f on f.day = a.day + 1
inner join workday as e on e.ordinal = d.ordinal + a.workdays and e.is_workday
