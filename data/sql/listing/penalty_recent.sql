-- grain: one row per penalty decision on one party known at the end of $as_of, decided in the last $days days, not repaired,
-- that says one of the words any way looks for ($any_words; an empty pattern finds everything)
-- said: what it was for and on which article; there are far fewer of these than decisions
with recent as (
    select
        p.subject_type, p.subject_id,
        case when p.doc_no is null then p.fact_id else concat_ws('|', p.doc_no, coalesce(p.authority_code, p.authority)) end
            as item,
        coalesce(p.decision_date, p.happened_on) as happened_on,
        p.batch_id, p.row_no, p.penalty_kinds, p.fine_yuan, p.authority,
        concat_ws(' ', p.violation_type, p.legal_basis) as said,
        concat_ws('，', p.doc_no, p.violation_type) as note
    from penalty_known as p
    where p.subject_id is not null
      and coalesce(p.decision_date, p.happened_on) > cast($as_of as date) - cast($days as integer)
      and coalesce(p.decision_date, p.happened_on) <= cast($as_of as date)
      and (p.publish_until is null or p.publish_until > cast($as_of as date))
),
meant as (
    select said
    from (select distinct said from recent)
    where regexp_matches(said, $any_words)
)
select r.*
from recent as r
inner join meant as m on m.said = r.said
