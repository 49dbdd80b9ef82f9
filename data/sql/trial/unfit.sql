-- grain: one row per fact of a subject that cannot be: out of its range, no whole number, a part that is more than the whole
select found.scheme, found.subject_id, found.fact, found.value, 'range' as fault
from found
join scheme_fact on scheme_fact.scheme = found.scheme and scheme_fact.fact = found.fact
where found.value < 0
   or found.value > scheme_fact.most
   or (scheme_fact.whole and found.value % 1000000000 <> 0)
union all
select part.scheme, part.subject_id, part.fact, part.value, 'part' as fault
from scheme_ratio
join scheme_fact on scheme_fact.scheme = scheme_ratio.scheme and scheme_fact.fact = scheme_ratio.fact
join found as part on part.scheme = scheme_ratio.scheme and part.fact = scheme_ratio.part
join found as whole
  on whole.scheme = part.scheme and whole.subject_id = part.subject_id and whole.fact = scheme_ratio.whole
where scheme_fact.kind = 'share'
  and part.value > whole.value
