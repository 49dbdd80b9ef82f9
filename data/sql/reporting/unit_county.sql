-- grain: one row per unit that reports and whose name holds the name of a county; the longest name is meant (新绛县, not 绛县)
with held as (
    select t.unit, c.county, row_number() over (partition by t.unit order by length(c.county) desc, c.county) as place
    from (select distinct unit from duty_told where unit is not null) as t
    inner join county as c on contains(t.unit, c.county)
)
select unit, county
from held
where place = 1
