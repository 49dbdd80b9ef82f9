-- grain: one row per enterprise that is not struck off, in the words of its sector
select 'enterprise' as subject_type, subject_id, coalesce(sector, '') as word, '' as role, cast(null as date) as first_issued_on
from (
    select subject_id, sector, status
    from enterprise_known
    where subject_id is not null
      and ($subject_id = '' or subject_id = $subject_id)
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
) as firm
where not regexp_matches(coalesce(status, ''), '注销|吊销')
