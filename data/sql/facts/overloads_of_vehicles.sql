-- grain: one row per known over-limit case of one vehicle in the window; item = the case: the moment of weighing, else its number
-- subject: vehicle
-- parameters: window_days integer
-- operators: count_at_least, any
-- noun: 超限运输
-- unit: 次
with offence as (
    select *
    from overload_known
    where subject_id is not null
      and happened_on > cast($as_of as date) - cast($window_days as integer)
      and happened_on <= cast($as_of as date)
      and coalesce(over_t, 1) > 0
),
answer as (
    select
        'vehicle' as subject_type,
        subject_id,
        case
            when cast(detected_at as date) < detected_at then cast(detected_at as text)
            else coalesce(case_no, fact_id)
        end as item,
        cast(null as integer) as whole,
        cast(null as date) as due_on,
        happened_on,
        batch_id,
        row_no,
        concat_ws('，', station, '案件 ' || case_no) as note,
        cast(null as text) as severity_note
    from offence
)
select * from answer
