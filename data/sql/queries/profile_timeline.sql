-- grain: one row per event of one subject known on the day, the newest first, one page of them; filters may be null
-- a line of a register is one only on the days on which event_today says so
with
events as (
    select * from event where kind <> 'decision_register'
    union all
    select * from event_today
),
counted as (
    select *, count(*) over () as total
    from events
    where subject_id = $subject_id
      and known_on <= $as_of and (until is null or until > $as_of)
      and ($kinds is null or list_contains($kinds, kind))
      and ($since is null or happened_on > $since)
)
select *
from counted
order by happened_on desc, kind, doc_no, batch_id, row_no
limit $page_size offset $first
