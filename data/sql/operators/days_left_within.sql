-- grain: one row per evidence record that runs out within $limit days, its last day included; measure = days left
with running as (
    select
        *,
        due_on - cast($as_of as date) as days_left,
        row_number() over (partition by subject_type, subject_id order by due_on, note, batch_id, row_no) as nth
    from fact_row
    where due_on >= cast($as_of as date)
      and due_on - cast($as_of as date) <= $limit
),
firing as (
    select
        running.subject_type,
        running.subject_id,
        soonest.days_left as measure,
        running.whole,
        running.happened_on as first_on,
        running.happened_on as latest_on,
        soonest.due_on,
        soonest.due_on - cast($limit as integer) as since,
        soonest.note as lead,
        running.severity_note,
        running.batch_id,
        running.row_no,
        running.happened_on,
        running.note
    from running
    join running as soonest
      on soonest.subject_type = running.subject_type and soonest.subject_id = running.subject_id and soonest.nth = 1
)
select * from firing
