-- grain: one row per subject and scheme: what the running period comes to so far; no ordinal: 证据不足
-- who has a fact that cannot be gets no score and no grade
with spoiled as (
    select distinct scheme, subject_id from unfit
)
select
    in_question.scheme,
    scheme_version.version,
    in_question.subject_type,
    in_question.subject_id,
    in_question.period_from,
    in_question.period_to,
    case when spoiled.scheme is null then cast(cast(result.score as decimal(18, 0)) / 1000000000 as decimal(18, 9)) end as score,
    result.best,
    result.worst,
    case when spoiled.scheme is null then result.ordinal end as ordinal,
    scheme_grade.grade,
    scheme_grade.overview,
    scheme_version.basis
from in_question
join scheme_version on scheme_version.scheme = in_question.scheme
left join told on told.scheme = in_question.scheme and told.subject_id = in_question.subject_id
join shape on shape.scheme = in_question.scheme and shape.facts = coalesce(told.facts, '')
join result on result.scheme = shape.scheme and result.subject_id = shape.subject_id
left join spoiled on spoiled.scheme = in_question.scheme and spoiled.subject_id = in_question.subject_id
left join scheme_grade
  on scheme_grade.scheme = in_question.scheme
 and scheme_grade.ordinal = case when spoiled.scheme is null then result.ordinal end
