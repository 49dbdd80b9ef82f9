-- grain: one row per unit, kind of matter and month of the decision, as known at the end of $as_of, its county still untold
-- a receipt alone makes a decision reported in time or late; past due without one it is returned, unconfirmed or never reported
-- a row whose day cannot be read counts in the month it was received
with handed_in as (
    select
        coalesce(unit, '未填') as unit,
        matter_kind,
        cast(date_trunc('month', coalesce(day, received_on)) as date) as month,
        count(*) as reported,
        sum(case when accepted then 1 else 0 end) as compliant,
        sum(items) as items,
        sum(filled) as filled,
        sum(case when corrected_on <= $as_of then 1 else 0 end) as corrected
    from judged
    where counts and received_on <= $as_of
    group by 1, 2, 3
),
standing as (
    select
        coalesce(unit, '未填') as unit,
        matter_kind,
        cast(date_trunc('month', decided_on) as date) as month,
        must_report,
        provisional,
        in_register and must_report and due_on < $as_of as registered_due,
        case
            when not must_report then '不予公示'
            when outcome = '入库成功' and receipt_on <= due_on then '及时'
            when outcome = '入库成功' then '迟报'
            when due_on >= $as_of then '未到期'
            when outcome = '退回' then '退回'
            when recorded then '未确认'
            else '从未报送'
        end as standing
    from duty
    where decided_on is not null
),
due as (
    select
        unit,
        matter_kind,
        month,
        count(*) as decisions,
        sum(case when must_report then 1 else 0 end) as must,
        sum(case when standing = '不予公示' then 1 else 0 end) as exempt,
        sum(case when standing = '及时' then 1 else 0 end) as in_time,
        sum(case when standing = '迟报' then 1 else 0 end) as late,
        sum(case when standing = '未确认' then 1 else 0 end) as unconfirmed,
        sum(case when standing = '退回' then 1 else 0 end) as returned,
        sum(case when registered_due then 1 else 0 end) as registered,
        sum(case when standing = '从未报送' and registered_due then 1 else 0 end) as never,
        sum(case when standing = '未到期' then 1 else 0 end) as waiting,
        sum(case when provisional and must_report then 1 else 0 end) as provisional
    from standing
    group by 1, 2, 3
),
cell as (
    select unit, matter_kind, month from handed_in
    union
    select unit, matter_kind, month from due
)
select
    c.unit,
    c.matter_kind,
    c.month,
    coalesce(h.reported, 0) as reported,
    coalesce(h.compliant, 0) as compliant,
    coalesce(h.items, 0) as items,
    coalesce(h.filled, 0) as filled,
    coalesce(h.corrected, 0) as corrected,
    coalesce(d.decisions, 0) as decisions,
    coalesce(d.must, 0) as must,
    coalesce(d.exempt, 0) as exempt,
    coalesce(d.in_time, 0) as in_time,
    coalesce(d.late, 0) as late,
    coalesce(d.unconfirmed, 0) as unconfirmed,
    coalesce(d.returned, 0) as returned,
    coalesce(d.registered, 0) as registered,
    coalesce(d.never, 0) as never,
    coalesce(d.waiting, 0) as waiting,
    coalesce(d.provisional, 0) as provisional
from cell as c
left join handed_in as h on h.unit = c.unit and h.matter_kind = c.matter_kind and h.month = c.month
left join due as d on d.unit = c.unit and d.matter_kind = c.matter_kind and d.month = c.month
