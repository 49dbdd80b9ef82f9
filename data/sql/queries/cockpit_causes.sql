-- grain: one row per feature that weighs most in the rise of enterprises whose class rose since the end of last month, of $county
with
risen as (
    select c.subject_id, c.feature, c.ordinal
    from risk_change as c
    left join risk as r on r.subject_type = c.subject_type and r.subject_id = c.subject_id and r.scored_on = c.to_day
    where c.points_change > 0
      and coalesce(list_position($classes, c.from_class), 0) > 0
      and coalesce(list_position($classes, c.to_class), 0) > list_position($classes, c.from_class)
      and ($county is null or coalesce(r.county, $nowhere) = $county)
),
weightiest as (
    select subject_id, feature
    from risen
    qualify row_number() over (partition by subject_id order by ordinal, feature) = 1
),
answer as (
    select feature, count(*) as enterprises
    from weightiest
    group by feature
)
select * from answer
order by enterprises desc, feature
