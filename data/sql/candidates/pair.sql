-- grain: one row per pair of subjects that was found for whatever reason: the strongest one first, all of them in words
with ranked as (
    select *,
        row_number() over (partition by subject_type, left_id, right_id order by points desc, kind) as place
    from found
),
summed as (
    select
        subject_type, left_id, right_id,
        max(case when place = 1 then kind end) as kind,
        max(points) as points,
        max(case when kind <> 'reregistered' then 1 else 0 end) as by_identity,
        array_to_string(list(note order by place), '；') as sentence,
        array_to_string(list_sort(list_distinct(list(left(md5(kind || chr(31) || ground), 12)))), ' ') as grounds
    from ranked
    group by subject_type, left_id, right_id
),
compared as (
    select
        f.*, a.name as left_name, b.name as right_name, a.county as left_county, b.county as right_county,
        not (a.numbered and b.numbered) as mergeable,
        case when a.legal_rep = b.legal_rep then $agreeing when a.legal_rep <> b.legal_rep then -$differing else 0 end
            + case when a.address = b.address then $agreeing else 0 end as moved
    from summed as f
    inner join side as a on a.subject_type = f.subject_type and a.subject_id = f.left_id
    inner join side as b on b.subject_type = f.subject_type and b.subject_id = f.right_id
)
select
    subject_type, left_id, right_id,
    case when mergeable and by_identity = 1 then 'same' else 'related' end as sort,
    mergeable,
    kind,
    cast(least(99, greatest(1, points + case when kind = 'reregistered' then 0 else moved end)) as integer) as score,
    sentence, grounds, left_name, right_name, left_county, right_county
from compared
