-- grain: one row per newest known licence of a subject still in business that has a last day; item = the licence
-- due_by: of whom no licence of these kinds ends by then, nothing is told: no operator asked would speak of it
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
        subject_id, licence_key,
        max(case when regexp_matches(coalesce(status, ''), $ended) then 1 else 0 end) as ended
    from licence_known
    where source_fact = 'operating_licence' and subject_id is not null and licence_key is not null
    group by subject_id, licence_key
),
closed as (
    select subject_id from subject where regexp_matches(status, $ended)
),
running as (
    select
        licence_known.subject_type, licence_known.subject_id, licence_known.licence_kind, licence_known.licence_key,
        licence_known.licence_no, licence_known.valid_until, licence_known.source_fact, licence_known.matter,
        licence_known.fact_id, licence_known.happened_on, licence_known.known_on, licence_known.batch_id, licence_known.row_no,
        case when ledger.licence_key is not null then ledger.licence_key else coalesce(licence_known.series, '') end as series
    from licence_known
    left join ledger
      on ledger.subject_id = licence_known.subject_id
     and ledger.licence_key = licence_known.licence_key
     and licence_known.licence_kind = '道路运输经营许可'
    where licence_known.subject_id is not null
      and licence_known.valid_until is not null
      and not regexp_matches(coalesce(licence_known.status, ''), $ended)
      and coalesce(ledger.ended, 0) = 0
      and licence_known.subject_id in (
          select subject_id from licence_known where valid_until <= cast($due_by as date) and list_contains($kinds, licence_kind)
      )
),
newest as (
    select *
    from running
    where list_contains($kinds, licence_kind)
    qualify row_number() over (
        partition by subject_id, licence_kind, series
        order by
            valid_until desc, case when source_fact = 'operating_licence' then 0 else 1 end, known_on desc, batch_id, row_no
    ) = 1
),
longest as (
    select subject_id, licence_key, max(valid_until) as valid_until
    from running
    where licence_key is not null
    group by subject_id, licence_key
    having count(*) > 1
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
        concat(
            case
                when newest.licence_kind = '行政许可' then coalesce(newest.matter, newest.licence_kind)
                else concat_ws('：', newest.licence_kind, newest.matter)
            end,
            case when newest.subject_type <> 'practitioner' then coalesce('（' || newest.licence_no || '）', '') else '' end
        ) as note,
        cast(null as text) as severity_note
    from newest
    left join longest
      on longest.subject_id = newest.subject_id
     and longest.licence_key = newest.licence_key
    left join closed on closed.subject_id = newest.subject_id
    where newest.valid_until >= coalesce(longest.valid_until, newest.valid_until)
      and closed.subject_id is null
)
select * from answer
