-- grain: one row: how many decisions of the scope are due on the day, on the next working day, overdue, to withdraw, refused
select
    count(*) filter (where open and due_on = $as_of) as today,
    count(*) filter (where open and due_on = $next) as next,
    count(*) filter (where open and due_on < $as_of) as overdue,
    count(*) filter (where state in ('待撤下', '逾期未撤')) as withdraw,
    count(*) filter (where state = '退回') as rejected
from (
    select *, must_report and outcome is distinct from '入库成功' as open
    from duty
    where ($county is null or county = $county)
      and ($unit is null or unit = $unit)
      and ($matter_kind is null or matter_kind = $matter_kind)
      and ($month is null or left(cast(decided_on as varchar), 7) = $month)
) as here
