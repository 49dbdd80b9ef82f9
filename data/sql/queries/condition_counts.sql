-- grain: one row per rule and level of the conditions that the snapshot holds, of one county where $county is given
select rule_id, level, count(*) as conditions
from condition
where ($county is null or county = $county)
group by rule_id, level
order by rule_id, level
