-- grain: one row per evidence record of a subject whose rank (item) lies within the first $limit percent of its whole
-- integers and decimals only; measure = the rank from the top; since when it ranks there is not known
-- the fact's severity_note is the chief reasons in words and is said as the lead
with firing as (
    select
        subject_type,
        subject_id,
        cast(item as integer) as measure,
        whole,
        min(happened_on) over (partition by subject_type, subject_id) as first_on,
        max(happened_on) over (partition by subject_type, subject_id) as latest_on,
        due_on,
        cast(null as date) as since,
        coalesce(severity_note, '原因见档案') as lead,
        cast(null as text) as severity_note,
        batch_id,
        row_no,
        happened_on,
        note
    from fact_row
    where cast(item as integer) * 100 <= $limit * whole
)
select * from firing
