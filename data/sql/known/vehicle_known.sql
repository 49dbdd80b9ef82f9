-- grain: one row per vehicle fact version known at the end of $as_of
select *
from vehicle
where known_on <= $as_of
  and (until is null or until > $as_of)
