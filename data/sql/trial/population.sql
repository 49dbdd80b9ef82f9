-- grain: one row per scheme and subject that it grades, with the part of the period up to the day
-- $year: the year in which the period begins; $running: the period in which the day lies, whatever its year; $subject_id: '' = all
-- a period of twelve months begins on the day of the month on which the first certificate was issued, on the 28th of February
-- where a year has no 29th; a calendar year is the same from the first of January
with named as (
    select * from step_named_firm
    union all
    select * from step_named_person
    union all
    select * from step_named_role
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
        days.first_on,
        years.begun,
        make_date(years.begun, cast(month(days.first_on) as integer), 1) as month_on,
        make_date(years.begun + 1, cast(month(days.first_on) as integer), 1) as next_month_on,
        cast(day(days.first_on) as integer) - 1 as days_in
    from (select distinct first_on from member where first_on is not null) as days
    cross join (select $year - 1 as begun union all select $year as begun) as years
),
period as (
    select
        first_on,
        begun,
        least(month_on + days_in, last_day(month_on)) as period_from,
        least(next_month_on + days_in, last_day(next_month_on)) - 1 as last_on
    from start
)
select member.scheme, member.subject_type, member.subject_id, period.period_from, least(period.last_on, cast($as_of as date)) as period_to
from member
join period on period.first_on = member.first_on
where period.period_from >= period.first_on
  and period.period_from <= cast($as_of as date)
  and case when $running then period.last_on >= cast($as_of as date) else period.begun = $year end
