-- grain: one row per known accident of one party in the last $days days that fits; item = the accident
select
    a.subject_type, a.subject_id, coalesce(a.doc_no, a.fact_id) as item, a.happened_on, a.batch_id, a.row_no,
    concat_ws('，', a.level, a.liability, a.cause) as note,
    cast(null as date) as since, cast(null as text) as said
from accident_known as a
where a.subject_id is not null
  and a.happened_on > cast($as_of as date) - cast($days as integer)
  and a.happened_on <= cast($as_of as date)
  and list_contains($levels, a.level)
  and list_contains($liabilities, a.liability)
  and regexp_matches(concat_ws(' ', a.cause, a.content), $words_a)
  and regexp_matches(concat_ws(' ', a.cause, a.content), $words_b)
  and regexp_matches(concat_ws(' ', a.cause, a.content), $words_c)
