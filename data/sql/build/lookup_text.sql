-- grain: one row per subject from the place $first on, in the order of places, with every text by which it may be found
select
    s.search_text, s.name, s.initials, s.uscc, s.reg_no, s.licence_no, s.plate, s.subject_id, s.id_key, s.cert_key
from subject as s
join lookup_order as o on o.subject_type = s.subject_type and o.subject_id = s.subject_id
where o.place >= $first
order by o.place
