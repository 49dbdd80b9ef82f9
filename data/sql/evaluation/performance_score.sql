-- grain: one row per section that an enterprise performed in the period, and one per misconduct there that costs points
-- says: 周期内履约的各标段得分，按合同额加权
-- subject: enterprise
-- tables: project_section
-- parameters: roles list
-- folds: mean
-- none: unknown
-- 100 less the points of a section, never below nought, weighted by its contract sum; where one sum is unknown, nothing is said
with section as (
    select
        asked.source,
        span.subject_id as whose,
        span.period_from,
        span.period_to,
        project_section_known.*,
        concat_ws(
            '|', coalesce(project_section_known.project_code, project_section_known.project_name),
            coalesce(project_section_known.section_code, project_section_known.section_name)
        ) as section
    from span
    cross join asked
    join subject on subject.subject_id = span.subject_id
    join project_section_known on project_section_known.contractor_uscc = subject.uscc
    where list_contains(asked.roles, project_section_known.role)
      and coalesce(project_section_known.started_on, project_section_known.signed_on) <= span.period_to
      and coalesce(project_section_known.completed_on, span.period_to) >= span.period_from
      and coalesce(project_section_known.status, '') <> '未开工'
),
misconduct as (
    select
        asked.source,
        span.subject_id as whose,
        conduct_known.*,
        concat_ws(
            '|', coalesce(conduct_known.project_code, conduct_known.project_name),
            coalesce(conduct_known.section_code, conduct_known.section_name)
        ) as section
    from span
    cross join asked
    join conduct_known on conduct_known.subject_id = span.subject_id
    where conduct_known.happened_on between span.period_from and span.period_to
      and conduct_known.category = '履约行为'
      and conduct_known.effect = '按次扣分'
      and conduct_known.points is not null
      and list_contains(asked.roles, conduct_known.role)
),
lost as (
    select source, whose, section, sum(points) as points
    from misconduct
    group by source, whose, section
),
scored as (
    select
        section.*,
        greatest(100 - coalesce(lost.points, 0), 0) as score,
        count(*) over (partition by section.source, section.whose) - count(section.amount_yuan) over (partition by section.source, section.whose) as unknown
    from section
    left join lost on lost.source = section.source and lost.whose = section.whose and lost.section = section.section
)
select
    source,
    whose as subject_id,
    batch_id,
    row_no,
    happened_on,
    known_on,
    concat_ws(
        '，', project_name, section_name, '合同额 ' || cast(cast(amount_yuan / 10000 as double) as text) || ' 万元',
        '得 ' || regexp_replace(cast(score as text), '\.?0+$', '') || ' 分'
    ) as label,
    case when unknown = 0 then cast(cast(score * 1000000 as bigint) * 1000 as hugeint) * cast(amount_yuan * 100 as bigint) end as amount,
    case when unknown = 0 then cast(amount_yuan * 100 as bigint) else 0 end as weight
from scored
union all
select
    misconduct.source,
    misconduct.whose as subject_id,
    misconduct.batch_id,
    misconduct.row_no,
    misconduct.happened_on,
    misconduct.known_on,
    concat_ws(
        '，', misconduct.section_name, misconduct.item_code, misconduct.item, '扣 ' || regexp_replace(cast(misconduct.points as text), '\.?0+$', '') || ' 分'
    ) as label,
    cast(null as hugeint) as amount,
    cast(0 as bigint) as weight
from misconduct
where (misconduct.source, misconduct.whose, misconduct.section) in (select source, whose, section from scored)
