-- grain: one row per decision that a register or a record tells at the end of $as_of, with where its reporting stands
select
    j.fact_id, j.matter_kind, j.unit, c.county, j.authority, j.authority_code, j.doc_no, j.subject_type, j.subject_id, j.subject_name,
    j.decided_on, j.procedure,
    j.register_batch_id is not null as in_register, j.register_batch_id, j.register_row_no, j.dropped_on,
    j.record_batch_id is not null as recorded, j.record_batch_id, j.record_row_no,
    j.reason is null as must_report, j.reason as exempt_reason, j.rule_version, j.basis,
    j.due_on, j.provisional,
    j.outcome, j.receipt_on, j.platform_no, j.package_no, j.receipt_batch_id, j.receipt_row_no, j.reject_reason,
    j.status, j.changed_on, j.withdraw_due_on, j.withdraw_basis, j.withdrawn_on,
    case
        when j.withdraw_due_on is not null and j.withdrawn_on is null and $as_of > j.withdraw_due_on then '逾期未撤'
        when j.withdraw_due_on is not null and j.withdrawn_on is null then '待撤下'
        when j.reason is not null then '不予公示'
        when j.outcome = '入库成功' and j.receipt_on <= j.due_on then '及时'
        when j.outcome = '入库成功' then '迟报'
        when j.outcome = '退回' then '退回'
        when $as_of <= j.due_on then '待报'
        when j.record_batch_id is not null then '未确认'
        else '逾期未报'
    end as state
from duty_judged as j
left join unit_county as c on c.unit = j.unit
