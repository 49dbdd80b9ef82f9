-- grain: one row per condition that holds for a subject, with the grade it names and how many times it holds
-- the first period and the one step up a period are conditions too: they name the best grade that may be had
with compared as (
    select
        tally.scheme,
        tally.subject_id,
        scheme_condition.code,
        scheme_condition.effect,
        scheme_condition.ordinal,
        scheme_condition.comparison,
        scheme_condition.threshold,
        case
            when scheme_condition.fact = 'score' then tally.score
            when scheme_condition.fact = 'bonus_score' then tally.bonus
            else given.value
        end as value
    from tally
    join scheme_condition on scheme_condition.scheme = tally.scheme
    left join given
      on given.scheme = tally.scheme and given.subject_id = tally.subject_id and given.fact = scheme_condition.fact
)
select
    scheme,
    subject_id,
    code,
    effect,
    ordinal,
    case when comparison = 'present' then greatest(value // 1000000000, 1) else 1 end as times
from compared
where case
    when comparison = 'at_least' then value >= threshold
    when comparison = 'above' then value > threshold
    when comparison = 'below' then value < threshold
    when comparison = 'at_most' then value <= threshold
    else value > 0
end
union all
select scheme, subject_id, 'FIRST' as code, 'cap' as effect, first_best as ordinal, 1 as times
from tally
where previous is null
  and first_best is not null
union all
select scheme, subject_id, 'STEP' as code, 'cap' as effect, previous - 1 as ordinal, 1 as times
from tally
where one_step
  and previous > 1
