-- grain: one row per accepted landed row of one kind, with the day its own file tells that it became known
select
    s.kind,
    s.batch_id,
    s.row_no,
    left(md5(s.kind || chr(31) || coalesce(s.fact_text, s.content_hash)), 20) as fact_key,
    s.content_hash,
    s.happened_on,
    s.happened_basis,
    case
        when s.reported_on between coalesce(s.happened_on, s.reported_on) and b.received_on then s.reported_on
        when b.backfill and w.due_on is not null then least(greatest(w.due_on, coalesce(s.happened_on, w.due_on)), b.received_on)
        when b.backfill and s.registry then date '1900-01-01'
        else b.received_on
    end as told_on,
    case
        when s.reported_on between coalesce(s.happened_on, s.reported_on) and b.received_on then 'reported'
        when b.backfill and (w.due_on is not null or s.registry) then 'assumed'
        else 'received'
    end as told_basis,
    b.received_on,
    s.subject_type,
    s.own_key,
    s.party
from stage as s
inner join batch as b on b.batch_id = s.batch_id
left join backfill_due as w on w.start_on = s.base_day
