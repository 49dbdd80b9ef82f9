-- grain: one row per kind of record and day from $since on, from which the seven working days of reporting run
select
    'permit' as kind,
    decision_date as day,
    count(*) as records
from permit_known
where decision_date >= $since
group by decision_date
union all
select
    'penalty' as kind,
    decision_date as day,
    count(*) as records
from penalty_known
where decision_date >= $since
group by decision_date
union all
select
    'inspection' as kind,
    inspected_on as day,
    count(*) as records
from inspection_known
where inspected_on >= $since
group by inspected_on
order by day, kind
