-- grain: one row per fact version known at the end of $as_of
select l.*
from {table} as l
where {known}
