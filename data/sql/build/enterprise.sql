-- grain: one row per version of one enterprise in the register
select
    v.fact_id, v.happened_on, v.happened_basis, v.known_on, v.known_basis, v.until,
    case when v.until is not null then 'corrected' end as until_reason,
    v.subject_type,
    k.subject_id,
    'register' as resolved_by,
    l.* exclude (content_hash)
from chosen as v
inner join landed_enterprise as l on l.batch_id = v.batch_id and l.row_no = v.row_no
left join subject_key as k on k.subject_type = v.subject_type and k.first_key = v.own_key
where v.kind = 'enterprise'
