-- grain: one row per subject: its score and bonus in billionths; no score where a fact it depends on is missing
-- a score that is given is taken as it is; else base + points + bonus up to its cap, within the bounds of the scheme
with summed as (
    select
        scheme,
        subject_id,
        cast(sum(case when role <> 'bonus' then points end) as bigint) as points,
        cast(sum(case when role = 'bonus' then points end) as bigint) as bonus,
        count(*) - count(points) as missing
    from item
    group by scheme, subject_id
),
whole as (
    select
        graded.scheme,
        graded.subject_id,
        graded.score as stated_score,
        graded.previous,
        scheme_rule.least_score,
        scheme_rule.most_score,
        scheme_rule.worst as last_ordinal,
        scheme_rule.first_best,
        scheme_rule.one_step,
        coalesce(summed.missing, 0) as missing,
        least(coalesce(summed.bonus, 0), coalesce(scheme_rule.bonus_cap, coalesce(summed.bonus, 0))) as bonus,
        scheme_rule.base + coalesce(summed.points, 0) as before_bonus
    from graded
    join scheme_rule on scheme_rule.scheme = graded.scheme
    left join summed on summed.scheme = graded.scheme and summed.subject_id = graded.subject_id
),
bounded as (
    select
        *,
        least(
            greatest(before_bonus + bonus, coalesce(least_score, before_bonus + bonus)),
            coalesce(most_score, greatest(before_bonus + bonus, coalesce(least_score, before_bonus + bonus)))
        ) as counted
    from whole
)
select
    scheme,
    subject_id,
    previous,
    last_ordinal,
    first_best,
    one_step,
    bonus,
    coalesce(stated_score, case when missing = 0 then counted end) as score
from bounded
