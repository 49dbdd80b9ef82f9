-- grain: one row per indicator that a subject's score depends on; amounts in billionths, no points where a fact is missing
-- one branch per operator of data/scheme_operators.py, where the sentence that explains it stands:
--   each         so many points for each time
--   steps        so many points for each whole step of a rate, rounded half up to the indicator's decimals (unit) first
--   short_steps  so many points for each whole step by which a share, rounded likewise, is short of its target
--   entered      what a score entered by a person lacks to the full mark
--   taken        points entered or counted elsewhere
--   weighted     a score times a weight that depends on whether the other score exists; where only the other does, nothing
--   banded       a score times the weight of the band in which the other fact, a count, lies
-- no indicator moves the score by more than its most; least() passes over nulls, so what is unknown is left out by hand
with asked as (
    select
        graded.scheme,
        graded.subject_id,
        scheme_indicator.code,
        scheme_indicator.role,
        scheme_indicator.operator,
        scheme_indicator.sign,
        scheme_indicator.per,
        scheme_indicator.step,
        scheme_indicator.target,
        scheme_indicator.most,
        case
            when scheme_indicator.operator in ('steps', 'short_steps')
                then (own.value + scheme_indicator.unit // 2) // scheme_indicator.unit * scheme_indicator.unit
            else coalesce(own.value, case when scheme_indicator.is_optional then 0 end)
        end as measure,
        other.value as other_value,
        case
            when scheme_indicator.operator = 'weighted' and other.value is not null then scheme_indicator.together
            when scheme_indicator.operator = 'banded' and other.value is null then null
            else scheme_indicator.alone
        end as weight
    from graded
    join scheme_indicator
      on scheme_indicator.scheme = graded.scheme
     and (
         scheme_indicator.role = 'bonus'
         or (scheme_indicator.role = 'part' and graded.score is null)
         or (scheme_indicator.role = 'penalty' and graded.score is null and graded.points is null)
         or (scheme_indicator.role = 'sum' and graded.score is null and graded.points is not null)
     )
    left join given as own
      on own.scheme = graded.scheme and own.subject_id = graded.subject_id and own.fact = scheme_indicator.fact
    left join given as other
      on other.scheme = graded.scheme and other.subject_id = graded.subject_id and other.fact = scheme_indicator.other
    where scheme_indicator.band_first is null
       or (scheme_indicator.band_first <= coalesce(other.value, 0) and coalesce(other.value, 0) < scheme_indicator.band_next)
),
counted as (
    select
        *,
        case
            when operator = 'each' then measure // 1000000000
            when operator = 'steps' then measure // step
            when operator = 'short_steps' and measure is not null then greatest(target - measure, 0) // step
        end as times
    from asked
)
select
    scheme,
    subject_id,
    code,
    role,
    measure,
    times,
    weight,
    case
        when operator = 'weighted' and measure is null and other_value is not null then 0
        when operator = 'banded' and weight = 0 then 0
        when measure is null then null
        when operator in ('each', 'steps', 'short_steps') then sign * least(times * per, most)
        when operator = 'entered' then least(measure, most) - most
        when operator = 'taken' then sign * least(measure, most)
        else measure * weight // 1000
    end as points
from counted
