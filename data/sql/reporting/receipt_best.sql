-- grain: one row per answered decision: the receipt that counts, and the first that says it was withdrawn
-- an acceptance beats a rejection, the first acceptance counts, else the latest rejection
with ordered as (
    select
        p.fact_id,
        min(case when p.outcome = '入库成功' then cast(p.receipt_on as varchar) || p.receipt_fact_id end) as accepted,
        max(case when p.outcome = '退回' then cast(p.receipt_on as varchar) || p.receipt_fact_id end) as rejected,
        min(case when p.outcome = '撤销成功' and p.receipt_on >= t.changed_on then p.receipt_on end) as withdrawn_on
    from answer_pair as p
    inner join duty_told as t on t.fact_id = p.fact_id
    group by p.fact_id
)
select
    o.fact_id, o.withdrawn_on, r.outcome, r.receipt_on, r.platform_no, r.package_no,
    r.batch_id as receipt_batch_id, r.row_no as receipt_row_no, r.reason as reject_reason
from ordered as o
left join receipt_known as r on r.fact_id = substr(coalesce(o.accepted, o.rejected), 11)
