-- grain: one row per evidence record whose last day has passed by more than $limit days; measure = days past
with past as (
    select
        *,
        cast($as_of as date) - due_on as days_past,
        row_number() over (partition by subject_type, subject_id order by due_on desc, note, batch_id, row_no) as nth
    from fact_row
    where cast($as_of as date) - due_on > $limit
),
firing as (
    select
        past.subject_type,
        past.subject_id,
        latest.days_past as measure,
        past.whole,
        past.happened_on as first_on,
        past.happened_on as latest_on,
        latest.due_on,
        latest.due_on + 1 as since,
        latest.note as lead,
        past.severity_note,
        past.batch_id,
        past.row_no,
        past.happened_on,
        past.note
    from past
    join past as latest
      on latest.subject_type = past.subject_type and latest.subject_id = past.subject_id and latest.nth = 1
)
select * from firing
