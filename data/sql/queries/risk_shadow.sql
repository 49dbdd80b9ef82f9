-- grain: one row when a challenger scored beside the scorecard: how alike both rank, and whom each names among the first $percent in 100
-- equal points or log-odds share the mean of their ranks for the correlation; who shares the last place is named too
with ranked as (
    select
        risk_shadow.model_id,
        risk.city_rank as card_first,
        risk_shadow.city_rank as other_first,
        risk.city_rank + (count(*) over (partition by risk.points) - 1) / 2.0 as card_mean,
        risk_shadow.city_rank + (count(*) over (partition by risk_shadow.log_odds) - 1) / 2.0 as other_mean,
        floor(count(*) over () * $percent / 100) as most
    from risk_shadow
    join risk
        on risk.subject_type = risk_shadow.subject_type
        and risk.subject_id = risk_shadow.subject_id
        and risk.scored_on = risk_shadow.scored_on
)
select
    model_id,
    count(*) as enterprises,
    corr(card_mean, other_mean) as spearman,
    count(*) filter (where card_first <= most) as card_names,
    count(*) filter (where other_first <= most) as other_names,
    count(*) filter (where card_first <= most and other_first <= most) as both_name
from ranked
group by model_id
