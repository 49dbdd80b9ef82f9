-- grain: one row per scheme and different set of facts, with one subject that has it: who has the same is graded the same
select in_question.scheme, coalesce(told.facts, '') as facts, min(in_question.subject_id) as subject_id
from in_question
left join told on told.scheme = in_question.scheme and told.subject_id = in_question.subject_id
group by in_question.scheme, coalesce(told.facts, '')
