-- grain: one row per subject: the latest official grade of the scheme for a time before the period
-- says: 周期之前最近一次的官方等级
-- subject: enterprise, practitioner
-- tables: rating
-- folds: sum
-- none: unknown
-- before: rated before the period began, or by its last day for an earlier year; the amount is the ordinal of the grade
-- what the market regulator or a third party says is no official grade of the scheme
with told as (
    select
        asked.source,
        asked.grades,
        span.subject_id as whose,
        span.period_from,
        rating_known.*,
        coalesce(year(rating_known.year), year(rating_known.happened_on) - 1) as for_year
    from span
    cross join asked
    join rating_known on rating_known.subject_id = span.subject_id
    where rating_known.scheme = asked.rated_as
      and coalesce(rating_known.source, '官方评定') not in ('市场监管推送', '第三方评价')
      and rating_known.happened_on <= span.period_to
      and (rating_known.happened_on < span.period_from or year(rating_known.year) < year(span.period_from))
    qualify row_number() over (
        partition by asked.source, span.subject_id
        order by for_year desc, rating_known.happened_on desc, rating_known.known_on desc, rating_known.batch_id, rating_known.row_no
    ) = 1
)
select
    source,
    whose as subject_id,
    batch_id,
    row_no,
    happened_on,
    known_on,
    concat_ws('，', for_year || ' 年度', grade || ' 级', doc_no) as label,
    cast(1000000000 as bigint) * nullif(array_position(grades, grade), 0) as amount,
    cast(1 as bigint) as weight
from told
