-- grain: one row per licence of one subject known on the day, the one that runs out first on top, renewed ones below all others
-- renewed: a known record of the same number runs longer
-- a licence that the ledger and the register tell alike stands here once, by its row in the ledger
with
told as (
    select *
    from licence_known
    where subject_id = $subject_id
    qualify licence_key is null or licence_kind <> '道路运输经营许可' or row_number() over (
        partition by licence_kind, licence_key, valid_until
        order by case when source_fact = 'operating_licence' then 0 else 1 end, known_on desc, batch_id, row_no
    ) = 1
),
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
    from told
)
select *
from held
order by renewed, valid_until, licence_kind, licence_no, batch_id, row_no
