-- grain: one row per version of one over-limit case: the vehicle, its owner by the register, the driver
with rows_of as (
    select
        v.fact_id, v.happened_on, v.happened_basis, v.known_on, v.known_basis, v.until, v.subject_type, v.party,
        coalesce('uscc:' || nullif(l.uscc, '00000000000000000X'), 'reg_no:|licence:|name:' || l.subject_name) as typed,
        l.* exclude (content_hash)
    from version as v
    inner join landed_overload as l on l.batch_id = v.batch_id and l.row_no = v.row_no
    where v.kind = 'overload'
),
owners as (
    select subject_id, owner_id
    from vehicle_known
    where owner_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
)
select
    r.* exclude (party, typed),
    case when r.until is not null then 'corrected' end as until_reason,
    p.subject_id,
    p.resolved_by,
    p.subject_id as vehicle_id,
    coalesce(o.owner_id, e.subject_id) as enterprise_id,
    d.subject_id as driver_id
from rows_of as r
left join party as p on p.subject_type = 'vehicle' and p.party = r.party
left join owners as o on o.subject_id = p.subject_id
left join party as e on e.subject_type = 'enterprise' and e.party = r.typed
left join party as d on d.subject_type = 'practitioner' and d.party = 'person:' || r.driver_cert_no_key
