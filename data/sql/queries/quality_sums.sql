-- grain: one row per chosen combination of unit, kind and month: the counts of `quality` added up; all units' county is null
select
    case when $by_unit = 1 then unit end as unit,
    case when $by_unit = 1 then county end as county,
    case when $by_kind = 1 then matter_kind end as matter_kind,
    case when $by_month = 1 then month end as month,
    cast(sum(reported) as bigint) as reported,
    cast(sum(compliant) as bigint) as compliant,
    cast(sum(items) as bigint) as items,
    cast(sum(filled) as bigint) as filled,
    cast(sum(corrected) as bigint) as corrected,
    cast(sum(decisions) as bigint) as decisions,
    cast(sum(must) as bigint) as must,
    cast(sum(exempt) as bigint) as exempt,
    cast(sum(in_time) as bigint) as in_time,
    cast(sum(late) as bigint) as late,
    cast(sum(unconfirmed) as bigint) as unconfirmed,
    cast(sum(returned) as bigint) as returned,
    cast(sum(registered) as bigint) as registered,
    cast(sum(never) as bigint) as never,
    cast(sum(waiting) as bigint) as waiting,
    cast(sum(provisional) as bigint) as provisional
from quality
where month between $since and $until
  and list_contains($kinds, matter_kind)
  and ($unit is null or unit = $unit)
  and ($county is null or county = $county)
group by 1, 2, 3, 4
order by 1, 2, 3, 4
