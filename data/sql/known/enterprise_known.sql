-- grain: one row per enterprise fact version known at the end of $as_of
select *
from enterprise
where known_on <= $as_of
  and (until is null or until > $as_of)
