-- grain: one row per decision of `duty`: its unit and month as the figures count them, and the one standing it counts under
-- a receipt alone makes a decision reported in time or late; past due without one it is unconfirmed, returned or never reported
select
    d.fact_id,
    d.matter_kind,
    coalesce(d.unit, '未填') as unit,
    cast(date_trunc('month', d.decided_on) as date) as month,
    d.must_report,
    d.provisional,
    d.in_register and d.must_report and d.due_on < $as_of as registered_due,
    case
        when not d.must_report then '不予公示'
        when d.outcome = '入库成功' and d.receipt_on <= d.due_on then '及时'
        when d.outcome = '入库成功' then '迟报'
        when d.due_on >= $as_of then '未到期'
        when d.outcome = '退回' then '退回'
        when d.recorded then '未确认'
        else '从未报送'
    end as standing
from duty as d
where d.decided_on is not null
