-- grain: one row when the model that scored the day is stale or its score drifted; changed variables are named, none alone says it
with found as (
    select
        model_id,
        bool_or(measure = 'age' and finding) as stale,
        bool_or(measure = 'psi' and finding) as drifted,
        max(case when measure = 'psi' then value end) as psi
    from model_watch
    group by model_id
),
changed as (
    select
        model_id,
        title || ' ' || cast(cast(value as decimal(9, 2)) as text) as told,
        row_number() over (order by value desc, name) as nth,
        count(*) over () as variables
    from model_watch
    where measure = 'csi' and finding
),
variable as (
    select model_id, max(variables) as variables, string_agg(told, '、' order by nth) as named
    from changed
    where nth <= $most_named
    group by model_id
),
said as (
    select
        found.*,
        risk_model.trained_to + cast($stale_days + 1 as integer) as stale_on,
        concat_ws(
            '；',
            case when drifted then '风险分的分布与训练时相比显著变化（稳定性指数 ' || cast(cast(psi as decimal(9, 2)) as text)
                || '，界限 ' || regexp_replace(cast(cast($psi_major as decimal(9, 3)) as text), '[.]?0+$', '') || '）' end,
            case when stale then '只学到 ' || cast(risk_model.trained_to as text) || '，已超过 ' || cast($stale_days as text) || ' 天' end,
            cast(variable.variables as text) || ' 个变量显著变化（' || variable.named
                || case when variable.variables > $most_named then '等' else '' end || '）'
        ) as reasons
    from found
    join risk_model on risk_model.model_id = found.model_id
    left join variable on variable.model_id = found.model_id
    where stale or drifted
),
answer as (
    select
        $rule_id as rule_id,
        $rule_version as rule_version,
        case
            when not stale then $drifted_level
            when not drifted then $stale_level
            when list_position($levels, $drifted_level) < list_position($levels, $stale_level) then $drifted_level
            else $stale_level
        end as level,
        'model' as subject_type,
        model_id as subject_id,
        '风险模型 ' || model_id as name,
        cast(null as text) as county,
        '风险模型 ' || model_id || '：' || reasons || '，' || $todo || '；依据待定' as sentence,
        $basis as basis,
        case when $basis = 'assumption' then '依据待定' end as citation,
        cast(null as text) as severity_note,
        case when stale then stale_on end as since
    from said
)
select * from answer
