-- grain: one row per decision of the scope and view, those first whose day comes first
-- duty_total counts the same; the count beside every row would have the whole table read
with here as (
    select *, must_report and outcome is distinct from '入库成功' as open
    from duty
    where ($county is null or county = $county)
      and ($unit is null or unit = $unit)
      and ($matter_kind is null or matter_kind = $matter_kind)
      and ($month is null or left(cast(decided_on as varchar), 7) = $month)
),
chosen as (
    select *
    from here
    where case $view
        when '今天到期' then open and due_on = $as_of
        when '下一工作日到期' then open and due_on = $next
        when '已逾期' then open and due_on < $as_of
        when '待撤下' then state in ('待撤下', '逾期未撤')
        when '未办结' then open or state in ('待撤下', '逾期未撤')
        when '全部' then true
        else state = $view
    end
    order by coalesce(withdraw_due_on, due_on), unit, matter_kind, doc_no, fact_id
    limit $limit offset $offset
)
select c.* replace (coalesce(s.name, c.subject_name) as subject_name)
from chosen as c
left join subject as s on s.subject_type = c.subject_type and s.subject_id = c.subject_id
order by coalesce(c.withdraw_due_on, c.due_on), c.unit, c.matter_kind, c.doc_no, c.fact_id
