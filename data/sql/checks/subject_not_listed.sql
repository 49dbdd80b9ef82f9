-- grain: one row per subject that a known fact speaks of and the list of subjects lacks
-- severity: error
-- says: 事实所指的主体不在主体表中
with spoken_of as (
    select subject_type, subject_id from enterprise_known
    union
    select subject_type, subject_id from vehicle_known
    union
    select subject_type, subject_id from practitioner_known
    union
    select subject_type, subject_id from penalty_known
    union
    select subject_type, subject_id from every_mention
    union
    select 'vehicle', vehicle_id from overload_known
    union
    select 'enterprise', enterprise_id from overload_known
    union
    select 'practitioner', driver_id from overload_known
    union
    select 'enterprise', owner_id from vehicle_known
    union
    select 'enterprise', employer_id from practitioner_known
)
select o.subject_type, o.subject_id
from spoken_of as o
left join subject as s on s.subject_type = o.subject_type and s.subject_id = o.subject_id
where o.subject_id is not null and s.subject_id is null
