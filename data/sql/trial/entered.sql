-- grain: one row per fact entered of a subject under a scheme for the year of its period: the last word, by file or by form
-- on one day a form, which knows the hour, is later than a file
with filed as (
    select
        scheme_name.scheme,
        evaluation_score_known.subject_id,
        scheme_entry.fact,
        cast(least(greatest(evaluation_score_known.value, -1), 9000000) * 1000000 as bigint) * 1000 as value,
        year(evaluation_score_known.year) as year,
        cast(null as text) as entry_id,
        evaluation_score_known.batch_id,
        evaluation_score_known.row_no,
        evaluation_score_known.known_on,
        cast(evaluation_score_known.scored_on as timestamp) as said_on,
        evaluation_score_known.scorer as said_by,
        evaluation_score_known.method
    from evaluation_score_known
    join scheme_name on scheme_name.called = evaluation_score_known.scheme
    join scheme_entry
      on scheme_entry.scheme = scheme_name.scheme
     and scheme_entry.called = upper(coalesce(evaluation_score_known.item_code, evaluation_score_known.item))
    where evaluation_score_known.subject_id is not null
),
formed as (
    select
        scheme, subject_id, fact, value, year, entry_id, cast(null as text) as batch_id, cast(null as integer) as row_no,
        cast(null as date) as known_on, said_on, said_by, method
    from entries_lent
),
every_entry as (
    select * from filed
    union all
    select * from formed
)
select
    every_entry.scheme, every_entry.subject_id, every_entry.fact, every_entry.value, every_entry.entry_id, every_entry.batch_id,
    every_entry.row_no, every_entry.known_on, every_entry.said_on, every_entry.said_by, every_entry.method
from every_entry
join in_question
  on in_question.scheme = every_entry.scheme
 and in_question.subject_id = every_entry.subject_id
 and year(in_question.period_from) = every_entry.year
join scheme_entry
  on scheme_entry.scheme = every_entry.scheme and scheme_entry.called = upper(every_entry.fact) and scheme_entry.fact = every_entry.fact
qualify row_number() over (
    partition by every_entry.scheme, every_entry.subject_id, every_entry.fact
    order by every_entry.said_on desc nulls last, every_entry.entry_id desc nulls last, every_entry.known_on desc,
        every_entry.batch_id, every_entry.row_no
) = 1
