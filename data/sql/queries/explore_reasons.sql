-- grain: one row per reason of the risk of the enterprises in $ids on the build's day, in order
select subject_id, ordinal, feature, direction, sentence, points
from risk_reason
where scored_on = $as_of
  and list_contains($ids, subject_id)
order by subject_id, ordinal
