-- grain: one row per newest known licence of a subject still in business that has a last day; item = the licence
-- subject: enterprise, vehicle, practitioner
-- parameters: kinds list, ended text
-- operators: days_left_within, expired
-- noun: 证件
-- unit: 个
-- newest: the one that runs longest among the same subject's licences of one kind (permits: of one certificate and
-- content; practitioners: of one category; operating licences of the ledger: of one number),
-- so a renewed licence silences the old one, also when the renewal came by another kind of record with the same number
-- a register row whose number the ledger knows is the same licence, told twice; of an ended one the ledger has the last word
with ledger as (
    select
        subject_type, subject_id, licence_key,
        max(case when regexp_matches(coalesce(status, ''), $ended) then 1 else 0 end) as ended
    from licence_known
    where source_fact = 'operating_licence' and subject_id is not null and licence_key is not null
    group by subject_type, subject_id, licence_key
),
labelled as (
    select
        licence_known.*,
        case
            when licence_known.licence_kind = '行政许可'
                then concat_ws('|', permit_known.certificate_name, permit_known.content)
            when licence_known.source_fact = 'operating_licence'
                then coalesce(licence_known.licence_key, licence_known.licence_no, '')
            when licence_known.licence_kind = '道路运输经营许可' then coalesce(ledger.licence_key, '')
            else coalesce(practitioner_known.cert_category, '')
        end as series,
        case
            when licence_known.licence_kind = '行政许可' then coalesce(permit_known.certificate_name, '行政许可')
            else concat_ws(
                '：', licence_known.licence_kind, coalesce(practitioner_known.cert_category, operating_licence_known.business)
            )
        end as label
    from licence_known
    left join permit_known
      on permit_known.batch_id = licence_known.batch_id
     and permit_known.row_no = licence_known.row_no
    left join practitioner_known
      on practitioner_known.batch_id = licence_known.batch_id
     and practitioner_known.row_no = licence_known.row_no
    left join operating_licence_known
      on operating_licence_known.batch_id = licence_known.batch_id
     and operating_licence_known.row_no = licence_known.row_no
    left join ledger
      on ledger.subject_type = licence_known.subject_type
     and ledger.subject_id = licence_known.subject_id
     and ledger.licence_key = licence_known.licence_key
     and licence_known.licence_kind = '道路运输经营许可'
    where licence_known.subject_id is not null
      and licence_known.valid_until is not null
      and not regexp_matches(coalesce(licence_known.status, ''), $ended)
      and coalesce(ledger.ended, 0) = 0
),
newest as (
    select *
    from labelled
    where list_contains($kinds, licence_kind)
    qualify row_number() over (
        partition by subject_type, subject_id, licence_kind, series
        order by
            valid_until desc, case when source_fact = 'operating_licence' then 0 else 1 end, known_on desc, batch_id, row_no
    ) = 1
),
longest as (
    select subject_type, subject_id, licence_key, max(valid_until) as valid_until
    from labelled
    where licence_key is not null
    group by subject_type, subject_id, licence_key
),
answer as (
    select
        newest.subject_type,
        newest.subject_id,
        newest.fact_id as item,
        cast(null as integer) as whole,
        newest.valid_until as due_on,
        newest.happened_on,
        newest.batch_id,
        newest.row_no,
        case
            when newest.subject_type = 'practitioner' or newest.licence_no is null then newest.label
            else newest.label || '（' || newest.licence_no || '）'
        end as note,
        cast(null as text) as severity_note
    from newest
    left join longest
      on longest.subject_type = newest.subject_type
     and longest.subject_id = newest.subject_id
     and longest.licence_key = newest.licence_key
    left join subject
      on subject.subject_type = newest.subject_type
     and subject.subject_id = newest.subject_id
    where newest.valid_until >= coalesce(longest.valid_until, newest.valid_until)
      and not regexp_matches(coalesce(subject.status, ''), $ended)
)
select * from answer
