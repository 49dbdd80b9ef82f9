-- grain: one row per way and thing counted, by the earliest row that tells of it; nth = its place in the subject's row of them
with told as (
    select
        w.situation, w.way, w.at_least, w.window_days, w.also, w.basis,
        r.subject_type, r.subject_id, r.item, r.happened_on, r.batch_id, r.row_no, r.note, r.since, r.said
    from listing_way as w
    inner join listing_row as r on r.source = w.source and r.subject_type = w.subject_type
),
earliest as (
    select *
    from told
    qualify row_number() over (
        partition by situation, way, subject_type, subject_id, item order by happened_on, batch_id, row_no
    ) = 1
)
select
    *, row_number() over (partition by situation, way, subject_type, subject_id order by happened_on, item) as nth
from earliest
