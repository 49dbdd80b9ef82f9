-- grain: one row per fact that is known of a subject under a scheme, in billionths: told by records, else entered
with told_of as (
    select in_question.scheme, in_question.subject_id, scheme_fact.fact, folded.value
    from folded
    join scheme_fact on scheme_fact.source = folded.source
    join in_question on in_question.scheme = scheme_fact.scheme and in_question.subject_id = folded.subject_id
)
select scheme, subject_id, fact, value
from told_of
union all
select entered.scheme, entered.subject_id, entered.fact, entered.value
from entered
left join told_of
  on told_of.scheme = entered.scheme and told_of.subject_id = entered.subject_id and told_of.fact = entered.fact
where told_of.fact is null
