-- grain: one row per version of one vehicle in the register, with its owner on the build's day
with rows_of as (
    select
        v.fact_id, v.happened_on, v.happened_basis, v.known_on, v.known_basis, v.until, v.subject_type, v.own_key,
        coalesce('uscc:' || nullif(l.owner_uscc, '00000000000000000X'), 'reg_no:|licence:|name:' || l.owner_name) as owner,
        l.* exclude (content_hash)
    from chosen as v
    inner join landed_vehicle as l on l.batch_id = v.batch_id and l.row_no = v.row_no
    where v.kind = 'vehicle'
)
select
    r.* exclude (own_key, owner),
    case when r.until is not null then 'corrected' end as until_reason,
    k.subject_id,
    'register' as resolved_by,
    o.subject_id as owner_id
from rows_of as r
left join subject_key as k on k.subject_type = r.subject_type and k.first_key = r.own_key
left join party as o on o.subject_type = 'enterprise' and o.party = r.owner
