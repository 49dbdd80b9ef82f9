-- grain: one row per accepted landed row of one kind, with the day it became known
with dated as (
    select
        s.*,
        b.received_on,
        b.backfill,
        s.reported_on is not null
            and s.reported_on <= b.received_on
            and s.reported_on >= coalesce(s.happened_on, s.reported_on) as has_report,
        w.seventh
    from stage as s
    inner join batch as b on b.batch_id = s.batch_id
    left join seventh_workday as w on w.day = s.base_day
)
select
    kind,
    batch_id,
    row_no,
    left(md5(kind || chr(31) || coalesce(fact_text, content_hash)), 20) as fact_key,
    content_hash,
    happened_on,
    happened_basis,
    case
        when has_report then reported_on
        when backfill and seventh is not null then least(greatest(seventh, coalesce(happened_on, seventh)), received_on)
        when backfill and registry then date '1900-01-01'
        else received_on
    end as known_on,
    case
        when has_report then 'reported'
        when backfill and (seventh is not null or registry) then 'assumed'
        else 'received'
    end as known_basis,
    received_on,
    subject_type,
    own_key,
    party
from dated
