-- grain: one row per name of an authority or unit that was only ever told with one code
select name, min(code) as code
from (
    select authority as name, authority_code as code from office
    union
    select unit as name, unit_code as code from office
    union
    select authority as name, authority_code as code from decision_register_known
    union
    select unit as name, unit_code as code from decision_register_known
) as told
where name is not null and code is not null
group by name
having min(code) = max(code)
