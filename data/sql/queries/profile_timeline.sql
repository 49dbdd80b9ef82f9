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
select
    e.*,
    r.version as repair_version, r.class as repair_class, r.min_until, r.max_until, r.publish_until, r.basis as repair_basis
from counted as e
left join repair_clock as r on r.fact_id = e.fact_id and r.subject_id = $subject_id
order by e.happened_on desc, e.kind, e.doc_no, e.batch_id, e.row_no
limit $page_size offset $first
