-- grain: one row per register entry of one enterprise known on the day, the latest first; what its card shows
select
    subject_type, subject_id, name, uscc, reg_no, legal_rep, sector, scope, county, address, phone_mask, status,
    known_on, batch_id, row_no
from enterprise_known
where subject_id = $subject_id
order by known_on desc, batch_id, row_no
