-- grain: one row per check between $since and $until that fits the filters, the newest first, one page of them
with
held as (
    select *
    from inspection_known
    where happened_on between cast($since as date) and cast($until as date)
      and ($only_found = 0 or list_contains($found, result))
      and ($subject_type is null or subject_type = $subject_type)
),
fitting as (
    select
        i.happened_on, i.known_on, i.known_basis, i.subject_type, i.subject_id, i.batch_id, i.row_no, i.doc_no, i.item,
        i.content, i.result, i.rectify_by, i.authority,
        coalesce(s.name, s.plate, i.subject_name) as name, s.county, s.sector, count(*) over () as total
    from held as i
    left join subject as s on s.subject_type = i.subject_type and s.subject_id = i.subject_id
    where ($county is null or coalesce(s.county, $nowhere) = $county)
      and ($sector is null or coalesce(s.sector, $nowhere) = $sector)
)
select *
from fitting
order by happened_on desc, batch_id, row_no, subject_id
limit $page_size offset $skip
