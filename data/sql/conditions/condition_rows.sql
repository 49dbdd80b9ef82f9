-- grain: one row per subject that $rule_id now speaks of and did not before, with its sentence
with spoken as (
    select
        firing.subject_type,
        firing.subject_id,
        min(firing.measure) as measure,
        min(firing.whole) as whole,
        min(firing.first_on) as first_on,
        max(firing.latest_on) as latest_on,
        min(firing.due_on) as due_on,
        min(firing.since) as since,
        min(firing.lead) as lead,
        min(firing.severity_note) as severity_note
    from firing
    left join condition
      on condition.rule_id = $rule_id
     and condition.subject_type = firing.subject_type
     and condition.subject_id = firing.subject_id
    where condition.rule_id is null
    group by firing.subject_type, firing.subject_id
),
named as (
    select
        spoken.*,
        subject.county,
        case
            when spoken.subject_type = 'vehicle' and subject.plate is not null
                then subject.plate || coalesce('（' || subject.plate_colour || '）', '')
            else coalesce(subject.name, '（名称未登记）')
        end as name,
        case when spoken.subject_type = 'vehicle' then coalesce('，' || subject.owner_name, '') else '' end as owner,
        regexp_replace(
            cast(cast(round(spoken.measure * 100.0 / nullif(spoken.whole, 0), 2) as decimal(9, 2)) as text), '[.]?0+$', ''
        ) as share
    from spoken
    left join subject
      on subject.subject_type = spoken.subject_type
     and subject.subject_id = spoken.subject_id
),
said as (
    select
        *,
        replace(replace(replace(replace(replace(replace(replace(replace(
            $template,
            '{measure}', cast(measure as text)),
            '{whole}', coalesce(cast(whole as text), '')),
            '{share}', coalesce(share, '')),
            '{first}', coalesce(cast(first_on as text), '')),
            '{latest}', coalesce(cast(latest_on as text), '')),
            '{due}', coalesce(cast(due_on as text), '')),
            '{lead}', coalesce(lead, '')),
            '{name}', name || owner) as sentence
    from named
),
answer as (
    select
        $rule_id as rule_id,
        $rule_version as rule_version,
        $level as level,
        subject_type,
        subject_id,
        name,
        county,
        sentence,
        $basis as basis,
        $citation as citation,
        severity_note,
        since
    from said
)
select * from answer
