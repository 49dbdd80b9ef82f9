-- grain: one row per decision of `duty` that counts under one number of the figures, a page of them; total counts all
-- the standing is the one of quality/quality_count, by which the figures count
with standing as (
    select
        d.*,
        coalesce(d.unit, '未填') as reporter,
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
    where cast(date_trunc('month', d.decided_on) as date) = $month
      and list_contains($kinds, d.matter_kind)
      and ($unit is null or coalesce(d.unit, '未填') = $unit)
      and ($county is null
          or coalesce(d.unit, '未填') in (select q.unit from quality as q where q.county = $county))
),
fitting as (
    select *
    from standing
    where ($standings is null or list_contains($standings, standing)) and ($registered = 0 or registered_due)
),
rejected as (
    select a.batch_id, a.row_no, min(r.received_on) as rejected_on, min(r.corrected_on) as corrected_on
    from fitting as f
    inner join work.judged as a on a.batch_id = f.record_batch_id and a.row_no = f.record_row_no
    inner join work.judged as r on r.decision_key = a.decision_key and not r.accepted and r.corrected_on <= $as_of
    where r.received_on <= $as_of
    group by a.batch_id, a.row_no
)
select
    f.fact_id, f.reporter as unit, f.county, f.matter_kind, f.doc_no, f.decided_on, f.in_register, f.recorded, f.must_report,
    f.exempt_reason, f.due_on, f.provisional, f.receipt_on, f.outcome, f.standing, f.state, f.subject_type, f.subject_id, s.name,
    coalesce(f.record_batch_id, f.register_batch_id) as batch_id,
    coalesce(f.record_row_no, f.register_row_no) as row_no,
    r.rejected_on, r.corrected_on,
    count(*) over () as total
from fitting as f
left join subject as s on s.subject_id = f.subject_id
left join rejected as r on r.batch_id = f.record_batch_id and r.row_no = f.record_row_no
order by f.decided_on, unit, f.matter_kind, f.doc_no, f.fact_id
limit $page_size offset $skip
