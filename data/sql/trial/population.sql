-- grain: one row per scheme and subject that it grades, with the part of the period up to the day
-- $year: the year in which the period begins; $running: the period in which the day lies, whatever its year; $subject_id: '' = all
-- a period of twelve months begins on the day of the month on which the first certificate was issued, on the 28th of February
-- where a year has no 29th; a calendar year is the same from the first of January
with firm as (
    select subject_id, sector, status
    from enterprise_known
    where subject_id is not null
      and ($subject_id = '' or subject_id = $subject_id)
    qualify row_number() over (partition by subject_id order by known_on desc, batch_id, row_no) = 1
),
named as (
    select 'enterprise' as subject_type, subject_id, coalesce(sector, '') as word, '' as role, cast(null as date) as first_issued_on
    from firm
    where not regexp_matches(coalesce(status, ''), '注销|吊销')
    union all
    select 'practitioner' as subject_type, subject_id, coalesce(cert_category, '') as word, '' as role, first_issued_on
    from practitioner_known
    where subject_id is not null
      and ($subject_id = '' or subject_id = $subject_id)
    union all
    select 'enterprise' as subject_type, subject_id, '' as word, role, cast(null as date) as first_issued_on
    from conduct_known
    where subject_id is not null
      and role is not null
      and happened_on between make_date($year, 1, 1) and make_date($year, 12, 31)
      and ($subject_id = '' or subject_id = $subject_id)
    union all
    select 'enterprise' as subject_type, subject.subject_id, '' as word, project_section_known.role, cast(null as date) as first_issued_on
    from project_section_known
    join subject on subject.uscc = project_section_known.contractor_uscc and subject.subject_type = 'enterprise'
    where project_section_known.role is not null
      and coalesce(project_section_known.started_on, project_section_known.signed_on) <= make_date($year, 12, 31)
      and coalesce(project_section_known.completed_on, make_date($year, 1, 1)) >= make_date($year, 1, 1)
      and coalesce(project_section_known.status, '') <> '未开工'
      and ($subject_id = '' or subject.subject_id = $subject_id)
),
wording as (
    select distinct subject_type, word, role from named
),
matching as (
    select scheme_subjects.scheme, scheme_subjects.cycle, wording.subject_type, wording.word, wording.role
    from wording
    join scheme_subjects on scheme_subjects.subject_type = wording.subject_type
    where case
        when wording.role <> '' then list_contains(scheme_subjects.roles, wording.role)
        when scheme_subjects.words = '' then len(scheme_subjects.roles) = 0
        else regexp_matches(wording.word, scheme_subjects.words)
          and not (scheme_subjects.without <> '' and regexp_matches(wording.word, scheme_subjects.without))
    end
),
member as (
    select
        matching.scheme,
        named.subject_type,
        named.subject_id,
        case when matching.cycle = 'calendar_year' then make_date($year - 1, 1, 1) else min(named.first_issued_on) end as first_on
    from named
    join matching
      on matching.subject_type = named.subject_type and matching.word = named.word and matching.role = named.role
    group by matching.scheme, matching.cycle, named.subject_type, named.subject_id
),
start as (
    select
        first_on,
        years.begun,
        make_date(
            years.begun,
            cast(month(first_on) as integer),
            cast(case
                when month(first_on) = 2 and day(first_on) = 29
                  and not (years.begun % 4 = 0 and (years.begun % 100 <> 0 or years.begun % 400 = 0)) then 28
                else day(first_on)
            end as integer)
        ) as starts_on
    from (select distinct first_on from member where first_on is not null) as days
    cross join (
        select $year - 1 as begun union all select $year as begun union all select $year + 1 as begun
    ) as years
),
period as (
    select this.first_on, this.starts_on as period_from, least(coming.starts_on - 1, cast($as_of as date)) as period_to
    from start as this
    join start as coming on coming.first_on = this.first_on and coming.begun = this.begun + 1
    where this.starts_on >= this.first_on
      and this.starts_on <= cast($as_of as date)
      and case when $running then coming.starts_on > cast($as_of as date) else this.begun = $year end
)
select member.scheme, member.subject_type, member.subject_id, period.period_from, period.period_to
from member
join period on period.first_on = member.first_on
