-- grain: one row per subject that reads otherwise than before, or was not there
select * from subject_now
except
select * from subject
