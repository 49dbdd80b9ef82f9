-- grain: one row per overload fact version known at the end of $as_of
select *
from overload
where known_on <= $as_of
  and (until is null or until > $as_of)
