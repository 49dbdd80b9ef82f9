-- grain: one row per conduct told of an enterprise in a role in the year, and one per section it works on in that role then
select 'enterprise' as subject_type, subject_id, '' as word, role, cast(null as date) as first_issued_on
from conduct_known
where subject_id is not null
  and role is not null
  and happened_on between make_date($year, 1, 1) and make_date($year, 12, 31)
  and ($subject_id = '' or subject_id = $subject_id)
union all
select 'enterprise' as subject_type, subject.subject_id, '' as word, project_section_known.role, cast(null as date) as first_issued_on
from project_section_known
join subject on subject.uscc = project_section_known.contractor_uscc and subject.subject_type = 'enterprise'
where project_section_known.role is not null
  and coalesce(project_section_known.started_on, project_section_known.signed_on) <= make_date($year, 12, 31)
  and coalesce(project_section_known.completed_on, make_date($year, 1, 1)) >= make_date($year, 1, 1)
  and coalesce(project_section_known.status, '') <> '未开工'
  and ($subject_id = '' or subject.subject_id = $subject_id)
