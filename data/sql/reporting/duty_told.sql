-- grain: one row per decision that a register or a record tells: each record once, and each register's line without a record
-- a record of old years, loaded afterwards, has no clock of its own: only a register or a receipt makes its decision a duty
with answered as (
    select distinct register_fact_id from matched
),
said as (
    select distinct matter_kind, upper(doc_no) as number from receipt_known
),
line as (
    select fact_id, substr(min(place || register_fact_id), 2) as register_fact_id
    from matched
    group by fact_id
),
told as (
    select
        d.fact_id, d.matter_kind, d.number, d.doc_no, d.office, d.authority, d.authority_code,
        coalesce(r.unit, d.unit, d.authority) as unit,
        case when r.unit is not null then r.unit_code else d.unit_code end as unit_code,
        d.subject_type, d.subject_id, d.subject_name, d.uscc, d.decided_on,
        coalesce(d.procedure, r.procedure) as procedure,
        r.publish, r.exempt_reason, r.status, r.changed_on, r.dropped_on,
        r.batch_id as register_batch_id, r.row_no as register_row_no,
        d.batch_id as record_batch_id, d.row_no as record_row_no
    from recorded as d
    left join line as m on m.fact_id = d.fact_id
    left join registered as r on r.fact_id = m.register_fact_id
    left join batch as b on b.batch_id = d.batch_id
    left join said as s on s.matter_kind = d.matter_kind and s.number = d.number
    left join told_again as a on a.batch_id = d.batch_id and a.row_no = d.row_no
    where not (coalesce(b.backfill, false) or a.batch_id is not null) or r.fact_id is not null or s.number is not null
    union all by name
    select
        r.fact_id, r.matter_kind, r.number, r.doc_no, r.office, r.authority, r.authority_code,
        r.unit, r.unit_code, r.subject_type, r.subject_id, r.subject_name, r.uscc, r.decided_on,
        r.procedure, r.publish, r.exempt_reason, r.status, r.changed_on, r.dropped_on,
        r.batch_id as register_batch_id, r.row_no as register_row_no,
        cast(null as text) as record_batch_id, cast(null as integer) as record_row_no
    from registered as r
    left join answered as a on a.register_fact_id = r.fact_id
    where a.register_fact_id is null
)
select b.* exclude (unit), coalesce(u.name, b.unit) as unit
from told as b
left join unit_name as u on u.code = b.unit_code
