-- grain: one row per receipt known at the end of $as_of and decision that it answers
-- the platform names no authority: where two share a number, the reporting unit tells which is meant
with said as (
    select *, upper(doc_no) as number
    from receipt_known
),
numbers as (
    select distinct matter_kind, number from said
),
counted as (
    select t.matter_kind, t.number, count(*) as parties, count(distinct t.office) as offices
    from duty_told as t
    inner join numbers as n on n.matter_kind = t.matter_kind and n.number = t.number
    group by t.matter_kind, t.number
)
select s.fact_id as receipt_fact_id, t.fact_id, s.outcome, s.receipt_on
from said as s
inner join duty_told as t on t.matter_kind = s.matter_kind and t.number = s.number
inner join counted as c on c.matter_kind = s.matter_kind and c.number = s.number
where s.receipt_on >= t.decided_on
  and (c.offices <= 1 or s.source_unit in (t.unit, t.authority))
  and (
    s.subject_id = t.subject_id
    or s.subject_name = t.subject_name
    or (s.uscc is null and s.subject_name is null)
    or (c.parties = 1 and not coalesce(s.uscc <> t.uscc, false))
  )
