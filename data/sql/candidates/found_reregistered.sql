-- grain: one row per pair of registered enterprises of one legal representative, with one address or with vehicles of the other
-- an address that more than $most of one person's enterprises share says nothing
with spread as (
    select legal_rep, address
    from side_enterprise
    where registered and legal_rep is not null and address is not null
    group by legal_rep, address
    having count(*) between 2 and $most
),
housed as (
    select e.* from side_enterprise as e
    inner join spread as s on s.legal_rep = e.legal_rep and s.address = e.address
    where e.registered
),
by_address as (
    select a.subject_id as left_id, b.subject_id as right_id
    from housed as a
    inner join housed as b on b.legal_rep = a.legal_rep and b.address = a.address and b.subject_id > a.subject_id
),
by_vehicle as (
    select left_id, right_id, count(*) as vehicles from shared_vehicle group by left_id, right_id
),
met as (
    select left_id, right_id from by_address
    union
    select left_id, right_id from by_vehicle
)
select
    'enterprise' as subject_type,
    m.left_id,
    m.right_id,
    'reregistered' as kind,
    $reregistered + case when h.left_id is not null then $same_address else 0 end
        + case when v.vehicles > 0 then $same_vehicles else 0 end
        + case when a.closed <> b.closed then $one_closed else 0 end as points,
    '法定代表人同为' || a.legal_rep || case when h.left_id is not null then '，经营地址相同' else '' end
        || case when v.vehicles > 0 then '，' || cast(v.vehicles as text) || ' 辆车先后登记在两家名下' else '' end
        || case when a.closed and not b.closed then '，“' || a.name || '”已注销或停业'
                when b.closed and not a.closed then '，“' || b.name || '”已注销或停业' else '' end as note,
    a.legal_rep || '|' || case when h.left_id is not null then a.address else '' end
        || '|' || case when v.vehicles > 0 then 'vehicles' else '' end as ground,
    a.batch_id as left_batch_id, a.row_no as left_row_no, b.batch_id as right_batch_id, b.row_no as right_row_no
from met as m
inner join side_enterprise as a on a.subject_id = m.left_id
inner join side_enterprise as b on b.subject_id = m.right_id
left join by_address as h on h.left_id = m.left_id and h.right_id = m.right_id
left join by_vehicle as v on v.left_id = m.left_id and v.right_id = m.right_id
where a.legal_rep = b.legal_rep
