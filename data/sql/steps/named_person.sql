-- grain: one row per certificate of a practitioner, in the words of its category
select 'practitioner' as subject_type, subject_id, coalesce(cert_category, '') as word, '' as role, first_issued_on
from practitioner_known
where subject_id is not null
  and ($subject_id = '' or subject_id = $subject_id)
