-- grain: one row per known penalty decision on an enterprise in the window; item = the decision
-- subject: enterprise
-- parameters: window_days integer
-- operators: count_at_least, any
-- noun: 行政处罚
-- unit: 次
with decided as (
    select *
    from penalty_known
    where subject_id is not null
      and subject_type = 'enterprise'
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
        cast(null as text) as severity_note
    from decided
)
select * from answer
