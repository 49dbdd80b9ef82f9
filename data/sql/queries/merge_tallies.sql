-- grain: one row per type and sort of proposed pairs of a scope that are not hidden, with how many
select c.subject_type, c.sort, count(*) as pairs
from merge_candidate as c
left join hidden as h on h.left_id = c.left_id and h.right_id = c.right_id
left join gone as g on g.subject_id = c.left_id
left join gone as k on k.subject_id = c.right_id
where h.left_id is null and g.subject_id is null and k.subject_id is null
  and ($county is null or c.left_county = $county or c.right_county = $county)
  and ($scope is null or (c.left_county = $scope and c.right_county = $scope))
group by c.subject_type, c.sort
order by c.subject_type, c.sort desc
