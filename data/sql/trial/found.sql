-- grain: one row per fact that is known of a subject under a scheme, in billionths: told by records, or entered
select in_question.scheme, in_question.subject_id, scheme_fact.fact, folded.value
from folded
join scheme_fact on scheme_fact.source = folded.source
join in_question on in_question.scheme = scheme_fact.scheme and in_question.subject_id = folded.subject_id
union all
select scheme, subject_id, fact, value
from entered
