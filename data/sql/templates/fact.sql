-- grain: one row per version of one fact of a kind whose standard says how a row becomes a fact
select
    v.fact_id, v.happened_on, v.happened_basis, v.known_on, v.known_basis, v.until,
    case when v.until is not null then 'corrected' end as until_reason,
    v.subject_type,
    p.subject_id,
    p.resolved_by,
    l.* exclude (content_hash)
from chosen as v
inner join landed_{kind} as l on l.batch_id = v.batch_id and l.row_no = v.row_no
left join party as p on p.subject_type = v.subject_type and p.party = v.party
where v.kind = '{kind}'
