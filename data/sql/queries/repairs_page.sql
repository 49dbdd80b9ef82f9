-- grain: one row per published penalty of a county (null: all) and view, whose last day comes first, a page of them
with chosen as (
    select *
    from step_repair_standing
    where case $view when '即将应撤下' then soon when '近期期满' then over when '可申请修复' then may else running end
    order by max_until, decided_on, fact_id
    limit $page_size offset $skip
)
select c.*, p.doc_no, p.violation_type, p.authority
from chosen as c
left join penalty_known as p on p.fact_id = c.fact_id
order by c.max_until, c.decided_on, c.fact_id
