-- grain: one row per proposed pair that fits and is not hidden, the strongest first, with how many there are
with
fitting as (
    select c.*
    from merge_candidate as c
    left join hidden as h on h.left_id = c.left_id and h.right_id = c.right_id
    left join gone as g on g.subject_id = c.left_id
    left join gone as k on k.subject_id = c.right_id
    where h.left_id is null and g.subject_id is null and k.subject_id is null
      and ($subject_type is null or c.subject_type = $subject_type)
      and ($sort is null or c.sort = $sort)
      and ($county is null or c.left_county = $county or c.right_county = $county)
      and ($scope is null or (c.left_county = $scope and c.right_county = $scope))
      and ($text is null or strpos(lower(c.left_name), lower($text)) > 0 or strpos(lower(c.right_name), lower($text)) > 0)
),
placed as (
    select
        f.*,
        count(*) over () as total,
        row_number() over (
            order by f.score desc, f.subject_type, f.left_name, f.right_name, f.left_id, f.right_id
        ) as place
    from fitting as f
)
select *
from placed
where place > least($first, floor((total - 1) / $page_size) * $page_size)
  and place <= least($first, floor((total - 1) / $page_size) * $page_size) + $page_size
order by place
