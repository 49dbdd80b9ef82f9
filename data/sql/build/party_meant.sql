-- grain: one row per version of one fact of $kind whose party means another subject, or for another reason, than before
select s.batch_id, s.row_no, p.subject_id, p.resolved_by
from staged as s
inner join changed_party as p on p.subject_type = s.subject_type and p.party = coalesce(s.party, s.own_key)
where s.kind = $kind and s.leads
