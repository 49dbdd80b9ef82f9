-- grain: one row per unit with figures, with the county its name tells; the longest name, 绛县 is in 新绛县
with named as (
    select distinct unit from quality_count
),
found as (
    select
        n.unit,
        c.county,
        row_number() over (partition by n.unit order by length(c.county) desc, c.county) as place
    from named as n
    left join county as c on n.unit like '%' || c.county || '%'
)
select unit, county
from found
where place = 1
