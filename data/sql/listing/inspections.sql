-- grain: one row per known inspection of one party in the last $days days that fits; item = the inspection's record
-- each of the groups of words is found in what was inspected, found and put right; an empty pattern finds everything
with told as (
    select
        i.subject_type, i.subject_id, i.fact_id as item, i.happened_on, i.batch_id, i.row_no,
        concat_ws(' ', i.item, i.content, i.result, i.rectify_result) as text_told,
        concat_ws('，', i.item, i.content) as note
    from inspection_known as i
    where i.subject_id is not null
      and i.happened_on > cast($as_of as date) - cast($days as integer)
      and i.happened_on <= cast($as_of as date)
)
select
    subject_type, subject_id, item, happened_on, batch_id, row_no, note,
    cast(null as date) as since, cast(null as text) as said
from told
where regexp_matches(text_told, $words_a) and regexp_matches(text_told, $words_b) and regexp_matches(text_told, $words_c)
