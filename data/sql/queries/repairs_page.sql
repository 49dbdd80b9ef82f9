-- grain: one row per published penalty of a county (null: all) and view, whose last day comes first, a page of them
with standing as (
    select
        r.fact_id, r.batch_id, r.row_no, r.subject_type, r.subject_id, r.decided_on, r.version, r.class, r.min_until, r.max_until,
        r.publish_until, s.name, s.county,
        case when r.class_basis = 'law' and r.period_basis = 'law' and not r.order_changed then 'law' else 'assumption' end as basis,
        case
            when r.max_until > $as_of and r.max_until <= $as_of + cast($soon as integer) then '即将应撤下'
            when r.max_until <= $as_of and r.max_until > $as_of - cast($back as integer) then '近期期满'
            when r.max_until <= $as_of then '早已期满'
            else '公示中'
        end as state
    from repair_clock as r
    left join subject as s on s.subject_id = r.subject_id
    where r.publish
      and ($county is null or s.county = $county)
      and (r.publish_until is null or r.publish_until > $as_of)
),
chosen as (
    select *
    from standing
    where case $view
        when '可申请修复' then min_until <= $as_of and max_until > $as_of
        when '全部公示中' then max_until > $as_of
        else state = $view
    end
    order by max_until, decided_on, fact_id
    limit $page_size offset $skip
)
select c.*, p.doc_no, p.violation_type, p.authority
from chosen as c
left join penalty_known as p on p.fact_id = c.fact_id
order by c.max_until, c.decided_on, c.fact_id
