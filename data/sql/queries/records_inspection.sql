-- grain: one row per check between $since and $until that fits the filters, the newest first, one page of them: which one, and how many fit
-- $anywhere = 1 spares the look at the subjects when neither county nor sector is asked for
with
fitting as (
    select fact_id, happened_on as day, batch_id, row_no, subject_id
    from inspection_known
    where happened_on between cast($since as date) and cast($until as date)
      and ($only_found = 0 or list_contains($found, result))
      and ($subject_type is null or subject_type = $subject_type)
),
place as (
    select subject_id
    from subject
    where $anywhere = 0
      and ($county is null or coalesce(county, $nowhere) = $county)
      and ($sector is null or coalesce(sector, $nowhere) = $sector)
),
held as (
    select * from fitting
    where $anywhere = 1
    union all
    select * from fitting
    where $anywhere = 0 and subject_id in (select subject_id from place)
    union all
    select * from fitting
    where $anywhere = 0
      and subject_id is null
      and coalesce($county, $nowhere) = $nowhere
      and coalesce($sector, $nowhere) = $nowhere
),
counted as (
    select count(*) as total
    from held
)
select held.*, counted.total
from held
cross join counted
order by day desc, batch_id, row_no, subject_id, fact_id
limit $page_size offset $skip
