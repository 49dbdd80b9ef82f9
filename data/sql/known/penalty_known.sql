-- grain: one row per penalty fact version known at the end of $as_of
select *
from penalty
where known_on <= $as_of
  and (until is null or until > $as_of)
