-- grain: one row per known penalty decision of one severity in the window; item = the decision
-- subject: enterprise, practitioner, vehicle
-- parameters: window_days integer, severity text, severity_basis text
-- operators: any, count_at_least
-- noun: 严重违法行为
-- unit: 起
with decided as (
    select *
    from penalty_known
    where subject_id is not null
      and severity_level = $severity
      and severity_basis = $severity_basis
      and happened_on > cast($as_of as date) - cast($window_days as integer)
      and happened_on <= cast($as_of as date)
),
answer as (
    select
        subject_type,
        subject_id,
        case when doc_no is null then fact_id else concat_ws('|', doc_no, coalesce(authority_code, authority)) end as item,
        cast(null as integer) as whole,
        cast(null as date) as due_on,
        happened_on,
        batch_id,
        row_no,
        concat_ws('，', doc_no, violation_type) as note,
        case
            when severity_basis = 'stated' then '处罚决定载明：' || severity_level
            else '系统分级：' || severity_level
        end as severity_note
    from decided
)
select * from answer
