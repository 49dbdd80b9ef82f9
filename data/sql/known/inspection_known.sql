-- grain: one row per inspection fact version known at the end of $as_of
select *
from inspection
where known_on <= $as_of
  and (until is null or until > $as_of)
