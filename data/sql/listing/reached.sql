-- grain: one row per situation and subject that meets it: the way and the day on which it was met last
-- met on a day: the thing of that day and the $at_least-1 before it lie within one window of days
with met as (
    select
        a.situation, a.way, a.subject_type, a.subject_id, a.window_days, a.also, a.basis,
        min(coalesce(a.since, a.happened_on)) as first_met_on,
        max(a.happened_on) as met_on,
        max(a.said) as said
    from listing_item as a
    inner join listing_item as b
        on b.situation = a.situation and b.way = a.way
        and b.subject_type = a.subject_type and b.subject_id = a.subject_id
        and b.nth = a.nth - a.at_least + 1
    where a.happened_on - b.happened_on < a.window_days
      and a.happened_on > cast($as_of as date) - cast($look_back_days as integer)
    group by a.situation, a.way, a.subject_type, a.subject_id, a.window_days, a.also, a.basis
),
latest as (
    select *
    from met
    qualify row_number() over (partition by situation, subject_type, subject_id order by met_on desc, way) = 1
)
select l.*
from latest as l
left join latest as o on o.situation = l.also and o.subject_type = l.subject_type and o.subject_id = l.subject_id
where l.also is null or o.situation is not null
