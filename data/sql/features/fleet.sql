-- grain: one row per vehicle of an owner, neither scrapped nor moved away; goods = 1 for a goods vehicle that drives itself
with newest as (
    select subject_id, owner_id, plate, vehicle_type, status, inspection_until
    from vehicle_known
    where subject_id is not null
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
)
select
    subject_id as vehicle_id,
    owner_id as subject_id,
    case
        when coalesce(plate, '') like '%挂'
          or regexp_matches(coalesce(vehicle_type, ''), '客|轿车|公交|出租|巡游|网约|教练|挂车') then 0
        else 1
    end as goods,
    case when inspection_until < cast($as_of as date) + 30 then 1 else 0 end as lapsing
from newest
where owner_id is not null
  and not regexp_matches(coalesce(status, ''), '注销|吊销|报废|转出|迁出|过户')
