-- grain: one row per decision, with what the version in force on its day asks of it
-- what the register says goes before what the rule presumes; a revocation before the last day leaves nothing to report
select
    t.*,
    r.version as rule_version,
    l.last_on as due_on,
    coalesce(l.provisional, false) as provisional,
    case
        when r.version is null then '规定施行前'
        when t.publish = '不予公示' and n.reason is not null then n.reason
        when t.publish = '不予公示' then null
        when t.status = '撤销' and t.changed_on <= l.last_on and b.receipt_on is null then '已撤销'
        when t.publish = '公示' then null
        else coalesce(e.reason, p.reason)
    end as reason,
    case
        when r.version is null or (t.publish is distinct from '公示' and t.publish is distinct from '不予公示'
            and coalesce(e.reason, p.reason) is not null) then 'assumption'
        else r.basis
    end as basis,
    r.withdraw_basis,
    b.outcome, b.receipt_on, b.platform_no, b.package_no, b.receipt_batch_id, b.receipt_row_no, b.reject_reason, b.withdrawn_on,
    case when t.status in ('变更', '撤销') and b.outcome = '入库成功' then w.last_on end as withdraw_due_on
from duty_told as t
left join reporting_rule as r on r.matter_kind = t.matter_kind and t.decided_on between r.effective_from and r.effective_to
left join reporting_reason as n on n.version = r.version and n.reason = t.exempt_reason
left join reporting_exempt as e on e.version = r.version and e.matter_kind = t.matter_kind and e.word = t.procedure
left join reporting_exempt as p on p.version = r.version and p.matter_kind = t.matter_kind and p.word = t.subject_type
left join receipt_best as b on b.fact_id = t.fact_id
left join deadline as l on l.day = t.decided_on and l.workdays = r.workdays
left join deadline as w on w.day = greatest(t.changed_on, b.receipt_on) and w.workdays = r.withdraw_workdays
