-- grain: one row per certificate of a driver whom an employer has registered at the end of the period
-- says: 周期内自初次领证起的整月数
-- subject: practitioner
-- tables: practitioner
-- folds: most
-- none: unknown
-- day: end
-- whole months of the period since the certificate was first issued: the register does not tell on which day a post began
with held as (
    select
        asked.source,
        span.subject_id,
        practitioner_known.batch_id,
        practitioner_known.row_no,
        practitioner_known.first_issued_on as happened_on,
        practitioner_known.known_on,
        practitioner_known.cert_category,
        practitioner_known.employer_name,
        greatest(span.period_from, practitioner_known.first_issued_on) as begun,
        span.period_to + 1 as ended
    from span
    cross join asked
    join practitioner_known on practitioner_known.subject_id = span.subject_id
    where practitioner_known.first_issued_on <= span.period_to
      and coalesce(practitioner_known.employer_id, practitioner_known.employer_name) is not null
      and regexp_matches(coalesce(practitioner_known.cert_category, ''), '巡游出租|网络预约出租|网约|出租汽车驾驶')
)
select
    source,
    subject_id,
    batch_id,
    row_no,
    happened_on,
    known_on,
    concat_ws('，', cert_category, employer_name) as label,
    cast(1000000000 as bigint) * (
        (year(ended) - year(begun)) * 12 + month(ended) - month(begun) - case when day(ended) < day(begun) then 1 else 0 end
    ) as amount,
    cast(1 as bigint) as weight
from held
