-- grain: one row per known record in the window of an enterprise whose risk is 高 or 较高 on the day; item = its rank in the city
-- subject: enterprise
-- parameters: window_days integer
-- operators: among_highest
-- noun: 风险提示
-- unit: 位
-- whole: 证据充分的企业
-- whoever is ranked has a record in 730 days, so a shorter window may leave a ranked enterprise without evidence and unsaid
-- severity_note carries the chief reasons in words; the operator says them as its lead
with ranked as (
    select subject_id, city_rank, city_size
    from risk
    where scored_on = cast($as_of as date)
      and risk_class in ('高', '较高')
),
pushing as (
    select
        subject_id,
        sentence,
        row_number() over (partition by subject_id order by ordinal) as nth
    from risk_reason
    where scored_on = cast($as_of as date)
      and direction = '推高'
),
reason as (
    select
        subject_id,
        concat_ws('；', max(case when nth = 1 then sentence end), max(case when nth = 2 then sentence end)) as reasons
    from pushing
    group by subject_id
),
fleet as (
    select subject_id as vehicle_id, owner_id
    from vehicle_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
record as (
    select subject_id, happened_on, batch_id, row_no, concat_ws('，', '检查', result, doc_no) as note
    from inspection_known
    where subject_type = 'enterprise'
    union all
    select subject_id, happened_on, batch_id, row_no, concat_ws('，', '处罚', violation_type, doc_no) as note
    from penalty_known
    where subject_type = 'enterprise'
      and (publish_until is null or publish_until > cast($as_of as date))
    union all
    select
        fleet.owner_id as subject_id,
        overload_known.happened_on,
        overload_known.batch_id,
        overload_known.row_no,
        concat_ws('，', '超限', overload_known.plate, '案件 ' || overload_known.case_no) as note
    from overload_known
    join fleet on fleet.vehicle_id = overload_known.subject_id
    where coalesce(overload_known.over_t, 1) > 0
),
answer as (
    select
        'enterprise' as subject_type,
        ranked.subject_id,
        cast(ranked.city_rank as text) as item,
        ranked.city_size as whole,
        cast(null as date) as due_on,
        record.happened_on,
        record.batch_id,
        record.row_no,
        record.note,
        reason.reasons as severity_note
    from ranked
    join record on record.subject_id = ranked.subject_id
    left join reason on reason.subject_id = ranked.subject_id
    where record.happened_on > cast($as_of as date) - cast($window_days as integer)
      and record.happened_on <= cast($as_of as date)
)
select * from answer
