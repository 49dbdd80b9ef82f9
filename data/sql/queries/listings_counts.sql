-- grain: one row per situation and state of candidates of a county (null: all), with how many
select situation, state, count(*) as candidates
from step_listing_standing
group by situation, state
order by situation, state
