-- grain: one row per subject of before that reads otherwise now, or is no more
select * from subject
except
select * from subject_now
