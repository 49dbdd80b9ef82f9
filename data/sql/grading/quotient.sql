-- grain: one row per fact of a subject that is the quotient of two given ones; by nought there is none
-- cut, not rounded, at nine decimals, so that a share below a threshold never reaches it
select
    part.scheme,
    part.subject_id,
    scheme_ratio.fact,
    cast(cast(part.value as hugeint) * 1000000000 // whole.value as bigint) as value
from scheme_ratio
join given as part on part.scheme = scheme_ratio.scheme and part.fact = scheme_ratio.part
join given as whole
  on whole.scheme = part.scheme and whole.subject_id = part.subject_id and whole.fact = scheme_ratio.whole
where whole.value > 0
