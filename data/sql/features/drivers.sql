-- grain: one row per enterprise whose practitioners were penalised in the last 365 days: how often
select feature_person.subject_id, count(*) as driver_penalties_365
from feature_published
join feature_person on feature_person.person_id = feature_published.subject_id
where feature_published.subject_type = 'practitioner'
  and feature_published.age < 365
group by feature_person.subject_id
