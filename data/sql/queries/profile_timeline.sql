-- grain: one row per event of one subject known on the day, the newest first, one page of them; filters may be null
with
counted as (
    select *, count(*) over () as total
    from every_event
    where ($kinds is null or list_contains($kinds, kind))
      and ($since is null or happened_on > $since)
)
select *
from counted
order by happened_on desc, kind, doc_no, batch_id, row_no
limit $page_size offset $first
