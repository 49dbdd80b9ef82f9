-- grain: one row per licence of one subject known on the day, the one that runs out first on top, renewed ones below all others
-- renewed: a known record of the same number runs longer
with
held as (
    select
        licence_kind,
        licence_no,
        valid_from,
        valid_until,
        date_diff('day', cast($as_of as date), valid_until) as days_left,
        coalesce(licence_key is not null and valid_until < max(valid_until) over (partition by licence_key), false) as renewed,
        status,
        batch_id,
        row_no
    from licence_known
    where subject_id = $subject_id
)
select *
from held
order by renewed, valid_until, licence_kind, licence_no, batch_id, row_no
