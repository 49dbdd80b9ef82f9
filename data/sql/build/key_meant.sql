-- grain: one row per version of one register row of $kind whose own key a merge leads elsewhere than before
select s.batch_id, s.row_no, m.subject_id
from staged as s
inner join moved as m on m.subject_type = s.subject_type and m.first_key = s.own_key
where s.kind = $kind and s.leads
