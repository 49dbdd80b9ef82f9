-- grain: one row per decision of repair_decision: its class, from when it may be repaired, on which day it must come down
with told as (
    select
        d.decision_id, d.decided_on, d.natural_person,
        v.version, v.persons_published, v.persons_basis,
        d.kinds, d.procedure, d.field, d.serious_list, d.repeat_offender,
        case when v.fine_counts then d.fine_yuan end as fine_yuan,
        coalesce(later.version <> v.version, false) as order_changed
    from repair_decision as d
    left join repair_version as v
        on case when $by_application then greatest(d.decided_on, $as_of) else d.decided_on end
            between v.effective_from and v.effective_to
    left join repair_version as later on greatest(d.decided_on, $as_of) between later.effective_from and later.effective_to
),

judged as (
    select
        *,
        concat(
            version, '|', coalesce(kinds, ''), '|', coalesce(procedure, ''), '|', coalesce(field, ''), '|',
            cast(serious_list as text), '|', cast(repeat_offender as text), '|', coalesce(cast(fine_yuan as text), '')
        ) as looks
    from told
),

-- a class depends on what a decision looks like; there are far fewer looks than decisions
looking as (
    select distinct looks, version, kinds, procedure, field, serious_list, repeat_offender, fine_yuan
    from judged
    where version is not null
),

one_kind as (
    select j.looks, j.version, k.kind, min(g.place) as place
    from looking as j
    inner join repair_kind as k on concat(';', coalesce(j.kinds, ''), ';') like concat('%;', k.kind, ';%')
    inner join repair_ground as g
        on g.version = j.version
        and (g.kind is null or g.kind = k.kind)
        and (g.procedure is null or g.procedure = j.procedure)
        and (g.field is null or g.field = j.field)
        and (g.fine_from_yuan is null or j.fine_yuan >= g.fine_from_yuan)
        and (g.fine_below_yuan is null or (k.kind = '罚款' and j.fine_yuan < g.fine_below_yuan))
        and (not g.serious_list or j.serious_list)
        and (not g.repeat_offender or j.repeat_offender)
    group by j.looks, j.version, k.kind
),

longest as (
    select o.looks, g.class, g.publish, g.min_months, g.max_months, g.period_basis, g.class_basis, g.class_source
    from one_kind as o
    inner join repair_place as g on g.version = o.version and g.place = o.place
    qualify row_number() over (
        partition by o.looks
        order by g.length desc, case g.class_basis when 'law' then 0 when 'local' then 1 else 2 end, g.place
    ) = 1
),

month_asked as (
    select distinct j.decided_on, m.months
    from judged as j
    inner join (
        select version, min_months as months from repair_place
        union
        select version, max_months as months from repair_place
    ) as m on m.version = j.version
    where m.months is not null
),

month_first as (
    select
        decided_on, months,
        make_date(
            (year(decided_on) * 12 + month(decided_on) - 1 + months) // 12,
            (year(decided_on) * 12 + month(decided_on) - 1 + months) % 12 + 1,
            1
        ) as first_of_month
    from month_asked
),

month_end as (
    select
        decided_on, months,
        make_date(year(first_of_month), month(first_of_month), least(day(decided_on), day(last_day(first_of_month)))) as day
    from month_first
)

select
    j.decision_id, j.decided_on, j.version,
    l.class,
    l.publish and (not j.natural_person or j.persons_published) as publish,
    may.day as eligible_from,
    case when l.publish and (not j.natural_person or j.persons_published) then may.day end as min_until,
    case when l.publish and (not j.natural_person or j.persons_published) then must.day end as max_until,
    case when l.publish and j.natural_person and not j.persons_published then j.persons_basis else l.period_basis end
        as period_basis,
    l.class_basis, l.class_source, j.order_changed
from judged as j
left join longest as l on l.looks = j.looks
left join month_end as may on may.decided_on = j.decided_on and may.months = l.min_months
left join month_end as must on must.decided_on = j.decided_on and must.months = l.max_months
