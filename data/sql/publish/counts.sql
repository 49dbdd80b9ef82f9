-- grain: one row per kind of fact, with how many are known on the day
select 'enterprise' as name, count(*) as rows_of from enterprise_known
union all
select 'vehicle', count(*) from vehicle_known
union all
select 'practitioner', count(*) from practitioner_known
union all
select 'licence', count(*) from licence_known
union all
select 'permit', count(*) from permit_known
union all
select 'penalty', count(*) from penalty_known
union all
select 'inspection', count(*) from inspection_known
union all
select 'overload', count(*) from overload_known
union all
select 'subject', count(*) from subject
union all
select 'condition', count(*) from condition
