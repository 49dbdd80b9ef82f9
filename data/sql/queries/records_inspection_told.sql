-- grain: one row per check named in $ids, all between $since and $until
select
    fact_id, happened_on as day, subject_type, subject_id, batch_id, row_no, subject_name, doc_no, item, result, rectify_by, authority
from inspection_known
where happened_on between cast($since as date) and cast($until as date)
  and list_contains($ids, fact_id)
order by fact_id
