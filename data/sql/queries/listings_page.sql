-- grain: one row per candidate that fits, those in a situation of $leading first, those met last on top, a page of them
select *
from step_listing_standing
where ($situation is null or situation = $situation)
  and ($state is null or state = $state)
  and ($subject_id is null or subject_id = $subject_id)
order by list_contains($leading, situation) desc, met_on desc, situation, name, subject_id
limit $page_size offset $skip
