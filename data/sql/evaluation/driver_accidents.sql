-- grain: one row per accident with a death in the period for which a driver bears equal, main or full liability
-- says: 周期内负同等、主要、全部责任且有人死亡的事故
-- subject: practitioner
-- tables: accident
-- folds: sum
-- none: 0
with person as (
    select subject_id, id_no_key as number_key from practitioner_known where subject_id is not null and id_no_key is not null
    union
    select subject_id, cert_no_key as number_key from practitioner_known where subject_id is not null and cert_no_key is not null
),
fatal as (
    select *
    from accident_known
    where liability in ('同等责任', '主要责任', '全部责任')
      and happened_on >= $since
      and deaths > 0
      and driver_cert_no_key is not null
),
whose as (
    select fatal.*, person.subject_id as driver_id
    from fatal
    join person on person.number_key = fatal.driver_cert_no_key
)
select
    asked.source,
    span.subject_id,
    whose.batch_id,
    whose.row_no,
    whose.happened_on,
    whose.known_on,
    concat_ws('，', whose.doc_no, whose.liability, '死亡 ' || whose.deaths || ' 人') as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
cross join asked
join whose on whose.driver_id = span.subject_id
where whose.happened_on between span.period_from and span.period_to
