-- grain: one row per licence of one subject known on the day, the one that runs out first on top
select
    licence_kind,
    licence_no,
    valid_from,
    valid_until,
    date_diff('day', cast($as_of as date), valid_until) as days_left,
    status,
    batch_id,
    row_no
from licence_known
where subject_id = $subject_id
order by valid_until, licence_kind, licence_no, batch_id, row_no
