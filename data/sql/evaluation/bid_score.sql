-- grain: one row per misconduct of an enterprise in bidding in the period that costs points
-- says: 周期内有不良投标行为的各标段得分的平均
-- subject: enterprise
-- tables: conduct
-- parameters: roles list
-- folds: mean
-- none: unknown
-- the mean over the sections of 100 less their points, never below nought; a bid is scored only where there was misconduct
with told as (
    select
        asked.source,
        span.subject_id as whose,
        conduct_known.*,
        concat_ws('|', coalesce(project_code, project_name), coalesce(section_code, section_name)) as section
    from span
    cross join asked
    join conduct_known on conduct_known.subject_id = span.subject_id
    where conduct_known.happened_on between span.period_from and span.period_to
      and conduct_known.category = '投标行为'
      and conduct_known.effect = '按次扣分'
      and conduct_known.points is not null
      and list_contains(asked.roles, conduct_known.role)
),
placed as (
    select
        *,
        sum(points) over (partition by source, whose, section) as lost,
        row_number() over (partition by source, whose, section order by happened_on, batch_id, row_no) as place
    from told
)
select
    source,
    whose as subject_id,
    batch_id,
    row_no,
    happened_on,
    known_on,
    concat_ws('，', section_name, item_code, item, '扣 ' || regexp_replace(cast(points as text), '\.?0+$', '') || ' 分') as label,
    case when place = 1 then cast(greatest(100 - lost, 0) * 1000000 as bigint) * 1000 end as amount,
    cast(case when place = 1 then 1 else 0 end as bigint) as weight
from placed
