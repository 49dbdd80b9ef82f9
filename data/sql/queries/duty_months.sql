-- grain: one row per kind of decision that a unit took in a month
select matter_kind, count(*) as decisions
from duty
where unit = $unit and left(cast(decided_on as varchar), 7) = $month
group by matter_kind
order by matter_kind
