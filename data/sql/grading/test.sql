-- grain: one row per test of a grade and subject, and one of a grade without tests; holds = null where a fact is missing
with compared as (
    select
        tally.scheme,
        tally.subject_id,
        scheme_test.ordinal,
        scheme_test.fact,
        scheme_test.comparison,
        scheme_test.threshold,
        case
            when scheme_test.fact = 'score' then tally.score
            when scheme_test.fact = 'bonus_score' then tally.bonus
            else given.value
        end as value
    from tally
    join scheme_test on scheme_test.scheme = tally.scheme
    left join given
      on given.scheme = tally.scheme and given.subject_id = tally.subject_id and given.fact = scheme_test.fact
)
select
    scheme,
    subject_id,
    ordinal,
    fact,
    case
        when fact is null then true
        when comparison = 'at_least' then value >= threshold
        when comparison = 'above' then value > threshold
        when comparison = 'below' then value < threshold
        when comparison = 'at_most' then value <= threshold
        else value > 0
    end as holds
from compared
