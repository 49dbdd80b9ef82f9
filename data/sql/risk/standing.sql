-- grain: one row per registered enterprise in business on the build's day: its risk, its counts and its warnings side by side
with
past as (
    select subject_id, risk_class as class_before, points as points_before
    from risk
    where scored_on < $as_of
    qualify row_number() over (partition by subject_id order by scored_on desc) = 1
),
spoken as (
    select
        case when c.subject_type = 'enterprise' then c.subject_id else s.owner_id end as subject_id,
        case c.level when 'red' then 1 when 'orange' then 2 when 'yellow' then 3 else 4 end as level_rank
    from condition as c
    left join subject as s on c.subject_type <> 'enterprise' and s.subject_type = c.subject_type and s.subject_id = c.subject_id
),
warned as (
    select subject_id, count(*) as warnings, min(level_rank) as worst
    from spoken
    where subject_id is not null
    group by subject_id
)
select
    r.subject_type, r.subject_id, s.name, s.uscc, r.county, r.sector, r.peer_group, r.risk_class, r.thin_reason, r.points,
    p.class_before, r.points - p.points_before as rise, r.peer_rank, r.peer_size,
    r.probability, r.band_rate, r.band_low, r.band_high, r.band_events, r.band_size,
    a.recommendation, a.because,
    coalesce(n.vehicles, 0) as vehicles, coalesce(n.staff, 0) as staff,
    coalesce(n.checks_365, 0) as checks_365, coalesce(n.findings_365, 0) as findings_365,
    coalesce(n.checks_730, 0) as checks_730, coalesce(n.findings_730, 0) as findings_730,
    coalesce(n.penalties_365, 0) as penalties_365, coalesce(n.ordinary_365, 0) as ordinary_365,
    coalesce(n.overloads_365, 0) as overloads_365, n.days_since_check,
    coalesce(w.warnings, 0) as warnings,
    case w.worst when 1 then 'red' when 2 then 'orange' when 3 then 'yellow' when 4 then 'blue' end as worst_level
from risk as r
left join subject as s on s.subject_type = r.subject_type and s.subject_id = r.subject_id
left join past as p on p.subject_id = r.subject_id
left join advice as a on a.subject_id = r.subject_id
left join enterprise_count as n on n.subject_id = r.subject_id
left join warned as w on w.subject_id = r.subject_id
where r.scored_on = $as_of
