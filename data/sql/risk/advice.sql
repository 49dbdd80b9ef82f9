-- grain: one row per registered enterprise in business on the build's day: what is proposed for the plan, and why
-- the gravest reason decides: an open red warning or the class 高, then thin evidence, then a low risk without any grave
-- warning, without a red one of its vehicles or people, and with a clean check in 730 days; everybody else is drawn from the plan
with today as (
    select risk.*, enterprise_count.checks_730, enterprise_count.findings_730, enterprise_count.days_since_check
    from risk
    join enterprise_count
      on enterprise_count.subject_type = risk.subject_type
     and enterprise_count.subject_id = risk.subject_id
    where risk.scored_on = cast($as_of as date)
),
spoken as (
    select
        subject_type,
        subject_id,
        sum(case when level = 'red' then 1 else 0 end) as red,
        sum(case when level = 'orange' then 1 else 0 end) as orange
    from condition
    where level in ('red', 'orange')
    group by subject_type, subject_id
),
theirs as (
    select s.owner_id as subject_id, count(*) as red
    from condition as c
    join subject as s on s.subject_type = c.subject_type and s.subject_id = c.subject_id
    where c.level = 'red' and c.subject_type <> 'enterprise' and s.owner_id is not null
    group by s.owner_id
),
judged as (
    select
        today.*,
        coalesce(spoken.red, 0) as red,
        coalesce(spoken.orange, 0) as orange,
        coalesce(theirs.red, 0) as red_below,
        today.checks_730 - today.findings_730 as clean_730
    from today
    left join spoken
      on spoken.subject_type = today.subject_type
     and spoken.subject_id = today.subject_id
    left join theirs on theirs.subject_id = today.subject_id
),
answer as (
    select
        subject_type,
        subject_id,
        case
            when risk_class = '高' or red > 0 then '优先列入计划'
            when risk_class = '证据不足' then '证据不足'
            when risk_class = '低' and orange = 0 and red_below = 0 and clean_730 > 0 then '降低频次'
            else '按计划抽查'
        end as recommendation,
        concat_ws(
            '；',
            case when red > 0 then '有 ' || cast(red as text) || ' 条红色预警未结束' end,
            case when orange > 0 then '有 ' || cast(orange as text) || ' 条橙色预警未结束' end,
            case when red_below > 0 then '车辆、从业人员有 ' || cast(red_below as text) || ' 条红色预警未结束' end,
            case
                when risk_class = '证据不足' then thin_reason
                else '风险提示“' || risk_class || '”，同类企业第 ' || cast(peer_rank as text) || ' / ' || cast(peer_size as text) || ' 位'
            end,
            case
                when risk_class = '低' and checks_730 = 0 then '近 24 个月没有检查过，不降低频次'
                when risk_class = '低' and clean_730 = 0 then '近 24 个月的检查每次都发现问题，不降低频次'
                when risk_class = '低' and orange + red = 0
                    then '近 24 个月检查 ' || cast(checks_730 as text) || ' 次，' || cast(clean_730 as text) || ' 次没有发现问题'
            end
        ) as because
    from judged
)
select *
from answer
