-- grain: one row per thing in the window in which a situation was met last
select i.situation, i.subject_type, i.subject_id, i.batch_id, i.row_no, i.happened_on, i.note
from listing_reached as r
inner join listing_item as i
    on i.situation = r.situation and i.way = r.way and i.subject_type = r.subject_type and i.subject_id = r.subject_id
where i.happened_on > r.met_on - r.window_days
  and i.happened_on <= r.met_on
