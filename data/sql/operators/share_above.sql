-- grain: one row per evidence record of a subject whose distinct items are more than $limit percent of its whole
-- integers and decimals only: exactly $limit percent does not fire; a whole of nought has no share
-- since = the day the first item beyond the limit happened
with item as (
    select subject_type, subject_id, item, min(happened_on) as happened_on, max(whole) as whole
    from fact_row
    where whole > 0
    group by subject_type, subject_id, item
),
numbered as (
    select
        *,
        row_number() over (partition by subject_type, subject_id order by happened_on, item) as nth
    from item
),
counted as (
    select
        subject_type,
        subject_id,
        count(*) as measure,
        max(whole) as whole,
        min(case when nth * 100 > $limit * whole then happened_on end) as since
    from numbered
    group by subject_type, subject_id
    having count(*) * 100 > $limit * max(whole)
),
firing as (
    select
        counted.subject_type,
        counted.subject_id,
        counted.measure,
        counted.whole,
        min(fact_row.happened_on) over (partition by counted.subject_type, counted.subject_id) as first_on,
        max(fact_row.happened_on) over (partition by counted.subject_type, counted.subject_id) as latest_on,
        fact_row.due_on,
        counted.since,
        cast(null as text) as lead,
        fact_row.severity_note,
        fact_row.batch_id,
        fact_row.row_no,
        fact_row.happened_on,
        fact_row.note
    from fact_row
    join counted on counted.subject_type = fact_row.subject_type and counted.subject_id = fact_row.subject_id
)
select * from firing
