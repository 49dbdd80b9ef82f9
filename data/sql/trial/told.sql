-- grain: one row per subject and scheme with any fact that can be: all of them as one text
select found.scheme, found.subject_id, string_agg(found.fact || '=' || found.value, ';' order by found.fact) as facts
from found
left join unfit
  on unfit.scheme = found.scheme and unfit.subject_id = found.subject_id and unfit.fact = found.fact
where unfit.fact is null
group by found.scheme, found.subject_id
