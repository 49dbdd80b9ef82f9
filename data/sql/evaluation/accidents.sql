-- grain: one row per accident in the period for which the vehicle of an enterprise bears equal, main or full liability
-- says: 周期内负同等、主要、全部责任的事故
-- subject: enterprise
-- tables: accident
-- parameters: counts text
-- folds: sum, most, any
-- none: 0
-- counts: accidents, deaths, injured, or fatal (accidents with a death)
-- an accident told with a plate alone is its owner's, as the register tells the owner on the day
with liable as (
    select *
    from accident_known
    where liability in ('同等责任', '主要责任', '全部责任')
      and happened_on >= $since
      and subject_id is not null
),
owner as (
    select subject_id, owner_id
    from vehicle_known
    where subject_id in (select subject_id from liable where subject_type = 'vehicle')
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
whose as (
    select liable.*, liable.subject_id as enterprise_id
    from liable
    where liable.subject_type = 'enterprise'
    union all
    select liable.*, owner.owner_id as enterprise_id
    from liable
    join owner on owner.subject_id = liable.subject_id
    where liable.subject_type = 'vehicle'
)
select
    asked.source,
    span.subject_id,
    whose.batch_id,
    whose.row_no,
    whose.happened_on,
    whose.known_on,
    concat_ws(
        '，', whose.doc_no, whose.liability, '死亡 ' || coalesce(whose.deaths, 0) || ' 人', '受伤 ' || coalesce(whose.injured, 0) || ' 人'
    ) as label,
    cast(1000000000 as bigint) * case
        when asked.counts = 'deaths' then coalesce(whose.deaths, 0)
        when asked.counts = 'injured' then coalesce(whose.injured, 0)
        when asked.counts = 'fatal' then case when whose.deaths > 0 then 1 else 0 end
        else 1
    end as amount,
    cast(1 as bigint) as weight
from span
cross join asked
join whose on whose.enterprise_id = span.subject_id
where whose.happened_on between span.period_from and span.period_to
