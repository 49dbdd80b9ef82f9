-- grain: one row per first key of a subject that merges lead elsewhere than before
select k.subject_type, k.first_key, coalesce(m.to_id, k.own_id) as subject_id
from subject_key as k
left join merge as m on m.from_id = k.own_id
where coalesce(m.to_id, k.own_id) <> k.subject_id
