-- grain: one row per known penalty decision on an enterprise in the window; item = the decision
-- subject: enterprise
-- parameters: window_days integer
-- operators: count_at_least, any
-- noun: 行政处罚
-- unit: 次
-- the window runs over decision days: acts of long ago that were punished of late are penalties of late
with dated as (
    select *, coalesce(decision_date, happened_on) as decided_on
    from penalty_known
    where subject_id is not null
      and subject_type = 'enterprise'
),
decided as (
    select *
    from dated
    where decided_on > cast($as_of as date) - cast($window_days as integer)
      and decided_on <= cast($as_of as date)
),
answer as (
    select
        subject_type,
        subject_id,
        case when doc_no is null then fact_id else concat_ws('|', doc_no, coalesce(authority_code, authority)) end as item,
        cast(null as integer) as whole,
        cast(null as date) as due_on,
        decided_on as happened_on,
        batch_id,
        row_no,
        concat_ws('，', doc_no, violation_type) as note,
        cast(null as text) as severity_note
    from decided
)
select * from answer
