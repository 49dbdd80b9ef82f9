-- grain: one row per penalty decided between $since and $until that fits the filters, the newest first, one page of them
with
decided as (
    select *, coalesce(decision_date, happened_on) as decided_on
    from penalty_known
    where coalesce(decision_date, happened_on) between cast($since as date) and cast($until as date)
      and ($all_severities = 1 or list_contains($severities, severity_level))
      and ($subject_type is null or subject_type = $subject_type)
),
fitting as (
    select
        p.decided_on, p.happened_on, p.known_on, p.known_basis, p.subject_type, p.subject_id, p.batch_id, p.row_no, p.doc_no,
        p.violation_type, p.content, p.severity_level, p.severity_basis, p.fine_yuan, p.authority,
        coalesce(s.name, s.plate, p.subject_name) as name, s.county, s.sector, count(*) over () as total
    from decided as p
    left join subject as s on s.subject_type = p.subject_type and s.subject_id = p.subject_id
    where ($county is null or coalesce(s.county, $nowhere) = $county)
      and ($sector is null or coalesce(s.sector, $nowhere) = $sector)
)
select *
from fitting
order by decided_on desc, batch_id, row_no, subject_id
limit $page_size offset $skip
