-- grain: one row per version of an enterprise's line in the register that was known by the day, replaced since or not
-- the known view holds the last one alone: what changed, and since when somebody is there, is told by all of them
select l.subject_id, l.known_on, l.batch_id, l.row_no, l.name, l.legal_rep, l.licence_from
from enterprise as l
where l.known_on <= cast($as_of as date)
  and l.subject_id is not null
  and (l.until is null or l.until > cast($as_of as date) or l.until_reason = 'corrected')
