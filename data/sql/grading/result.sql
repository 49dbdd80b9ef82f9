-- grain: one row per subject: its score, and the ordinal of its grade, null when too little is known (证据不足)
-- after the score: the grade is held down to the worst of all caps, then lowered step by step, never below the last grade
with effect as (
    select
        scheme,
        subject_id,
        max(case when effect in ('cap', 'direct') then ordinal end) as held,
        sum(case when effect = 'down' then times else 0 end) as down,
        max(case when effect = 'entry' then ordinal end) as entry
    from fired
    group by scheme, subject_id
),
bounds as (
    select
        tally.scheme,
        tally.subject_id,
        tally.score,
        tally.bonus,
        tally.last_ordinal,
        case when tally.score is null then coalesce(effect.entry, reached.best) else reached.best end as best,
        case when tally.score is null then coalesce(effect.entry, reached.worst) else reached.worst end as worst,
        coalesce(effect.held, 1) as held,
        coalesce(effect.down, 0) as down
    from tally
    join reached on reached.scheme = tally.scheme and reached.subject_id = tally.subject_id
    left join effect on effect.scheme = tally.scheme and effect.subject_id = tally.subject_id
),
ended as (
    select
        *,
        cast(least(last_ordinal, greatest(best, held) + down) as integer) as best_end,
        cast(least(last_ordinal, greatest(worst, held) + down) as integer) as worst_end
    from bounds
)
select
    scheme,
    subject_id,
    score,
    bonus,
    best,
    worst,
    case when best_end = worst_end then best_end end as ordinal
from ended
