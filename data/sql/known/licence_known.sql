-- grain: one row per licence fact version known at the end of $as_of
select *
from licence
where known_on <= $as_of
  and (until is null or until > $as_of)
