-- grain: one row per enterprise, sort of event and half-year, year or second or third year before the end of $as_of
-- as the features count: known on the day, a penalty only while it is published
-- `sort`: 检查合格, 检查发现问题, 超限, or the severity of a penalty; `past`: age in days, the lower end of its span
with told as (
    select
        subject_id,
        case
            when regexp_matches(coalesce(result, ''), '未发现|没有发现|无问题') then '检查合格'
            when regexp_matches(coalesce(result, ''), '移送|责令|不合格|发现|存在|限期|整改|立案') then '检查发现问题'
            else '检查合格'
        end as sort,
        cast($as_of as date) - happened_on as age
    from inspection_known
    where subject_type = 'enterprise' and subject_id is not null and happened_on <= cast($as_of as date)
    union all
    select
        subject_id,
        coalesce(severity_level, '轻微') as sort,
        cast($as_of as date) - happened_on as age
    from penalty_known
    where subject_type = 'enterprise'
      and subject_id is not null
      and happened_on <= cast($as_of as date)
      and (publish_until is null or publish_until > cast($as_of as date))
    union all
    select
        enterprise_id as subject_id,
        '超限' as sort,
        cast($as_of as date) - happened_on as age
    from overload_known
    where enterprise_id is not null
      and happened_on <= cast($as_of as date)
      and coalesce(over_t, 1) > 0
),
spanned as (
    select
        subject_id,
        sort,
        case when age < 182 then 0 when age < 365 then 182 when age < 730 then 365 else 730 end as past
    from told
    where age < 1095
)
select subject_id, sort, cast(past as integer) as past, cast(count(*) as integer) as events
from spanned
group by subject_id, sort, past
order by subject_id, sort, past
