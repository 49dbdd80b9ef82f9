-- grain: one row when a challenger scored beside the scorecard: how alike both rank, and whom each names among the first $percent in 100
-- equal points or log-odds share the mean of their ranks for the correlation; who shares the last place is named too
with ranked as (
    select risk_shadow.model_id, risk.city_rank as card_rank, risk_shadow.city_rank as other_rank
    from risk_shadow
    join risk
        on risk.subject_type = risk_shadow.subject_type
        and risk.subject_id = risk_shadow.subject_id
        and risk.scored_on = risk_shadow.scored_on
),
card_place as (
    select card_rank, card_rank + (count(*) - 1) / 2.0 as mean_rank
    from ranked
    group by card_rank
),
other_place as (
    select other_rank, other_rank + (count(*) - 1) / 2.0 as mean_rank
    from ranked
    group by other_rank
),
first as (
    select floor(count(*) * $percent / 100) as most
    from ranked
)
select
    ranked.model_id,
    count(*) as enterprises,
    corr(card_place.mean_rank, other_place.mean_rank) as spearman,
    count(*) filter (where ranked.card_rank <= first.most) as card_names,
    count(*) filter (where ranked.other_rank <= first.most) as other_names,
    count(*) filter (where ranked.card_rank <= first.most and ranked.other_rank <= first.most) as both_name
from ranked
join card_place on card_place.card_rank = ranked.card_rank
join other_place on other_place.other_rank = ranked.other_rank
cross join first
group by ranked.model_id
