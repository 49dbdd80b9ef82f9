-- grain: one row per reason of the enterprises named in $ids on the build's day, and per reason of their change since the day before it
with
reasons as (
    select subject_id, 'reason' as told, feature, ordinal, direction, points, sentence
    from risk_reason
    where list_contains($ids, subject_id) and scored_on = cast($as_of as date)
    union all
    select subject_id, 'change', feature, ordinal, case when points_change > 0 then '推高' else '压低' end, points_change, sentence
    from risk_change
    where list_contains($ids, subject_id)
)
select *
from reasons
order by subject_id, told, ordinal, sentence
