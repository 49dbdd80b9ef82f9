-- grain: one row per way in which the records of decisions known at the end of $as_of name an authority and a unit, with how often
with told as (
    select authority, authority_code, source_unit as unit, source_unit_code as unit_code from permit_known
    union all
    select authority, authority_code, source_unit as unit, source_unit_code as unit_code from penalty_known
    union all
    select authority, authority_code, source_unit as unit, source_unit_code as unit_code from coercion_known
    union all
    select authority, authority_code, source_unit as unit, source_unit_code as unit_code from confirmation_known
    union all
    select authority, authority_code, source_unit as unit, source_unit_code as unit_code from adjudication_known
    union all
    select authority, authority_code, source_unit as unit, source_unit_code as unit_code from reward_known
    union all
    select authority, authority_code, source_unit as unit, source_unit_code as unit_code from inspection_known
)
select authority, authority_code, unit, unit_code, count(*) as times
from told
group by authority, authority_code, unit, unit_code
