-- grain: one row per subject from the place $first on, in the order of places, packed; search_text only where it is not name, codes and initials
select
    o.place,
    cast(to_json([
        s.subject_type, s.subject_id, s.name, s.uscc, s.county, s.sector, s.plate, s.plate_colour, s.id_mask, s.owner_name,
        s.licence_no, s.reg_no, s.initials,
        nullif(s.search_text, lower(translate(concat_ws(' ', s.name, s.uscc, s.licence_no, s.initials), '（）', '()'))),
        case when s.registered then '1' end
    ]) as text) as told
from subject as s
join lookup_order as o on o.subject_type = s.subject_type and o.subject_id = s.subject_id
where o.place >= $first
order by o.place
