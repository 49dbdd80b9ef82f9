-- grain: one row per kind of fact, with how many are known at the end of $as_of
select '{table}' as name, count(*) as rows_of
from {table} as l
where {known}
