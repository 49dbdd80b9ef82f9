-- grain: one row per code of a unit, with the name it is told by most often
with told as (
    select code, name, sum(times) as times
    from (
        select unit_code as code, unit as name, sum(times) as times from office group by unit_code, unit
        union all
        select unit_code as code, unit as name, count(*) as times from decision_register_known group by unit_code, unit
    ) as each_way
    where code is not null and name is not null
    group by code, name
),
ranked as (
    select code, name, row_number() over (partition by code order by times desc, name) as place
    from told
)
select code, name
from ranked
where place = 1
