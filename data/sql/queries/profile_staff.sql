-- grain: one row per practitioner of one employer on the register on the day
select
    subject_id,
    name,
    id_no_mask,
    cert_category,
    valid_until,
    integrity_grade
from practitioner_known
where employer_id = $subject_id
order by name, id_no_mask, subject_id
