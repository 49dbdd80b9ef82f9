-- grain: one row per enterprise that fits the filters, with its newest official grade of $scheme ($none without one)
-- a filter that is null lets everything pass; with $scheme null nobody has a grade
select s.*, coalesce(g.grade, $none) as grade, g.rated_on
from standing as s
left join (
    select subject_id, grade, happened_on as rated_on
    from rating_known
    where scheme = $scheme
      and subject_type = 'enterprise'
      and subject_id is not null
      and grade is not null
      and happened_on <= cast($as_of as date)
    qualify row_number() over (partition by subject_id order by happened_on desc, known_on desc, batch_id, row_no) = 1
) as g on g.subject_id = s.subject_id
where ($county is null or s.county = $county)
  and ($sector is null or s.sector = $sector)
  and ($fleet_from is null or s.vehicles >= $fleet_from)
  and ($fleet_to is null or s.vehicles <= $fleet_to)
  and ($recommendation is null or s.recommendation = $recommendation)
  and ($warned is null or (s.warnings > 0) = $warned)
