-- grain: one row: how many decisions the scope and view hold, as duty_page lists them
with here as (
    select state, due_on, must_report and outcome is distinct from '入库成功' as open
    from duty
    where ($county is null or county = $county)
      and ($unit is null or unit = $unit)
      and ($matter_kind is null or matter_kind = $matter_kind)
      and ($month is null or left(cast(decided_on as varchar), 7) = $month)
)
select count(*) as total
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
