-- grain: one row per subject in question, each a shape of its own
select scheme, '' as facts, subject_id
from in_question
