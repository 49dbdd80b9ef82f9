-- grain: one row per subject and period of one cycle
select distinct in_question.subject_id, in_question.period_from, in_question.period_to
from in_question
join scheme_subjects on scheme_subjects.scheme = in_question.scheme
where scheme_subjects.cycle = $cycle
