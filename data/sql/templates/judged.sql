-- grain: one row per landed row, accepted or rejected, of a kind that has to be reported: whose, of which day, how complete
-- the decision is told apart by its number and party name: a code is what most rejected rows have wrong
select
    '{matter}' as matter_kind,
    l.batch_id,
    l.row_no,
    l.verdict = 'accepted' as accepted,
    {reporter} as unit,
    {day} as day,
    case when coalesce(l.doc_no, cast({day} as varchar)) is not null and l.subject_name is not null
        then left(md5(concat_ws(chr(31), '{kind}', coalesce(l.doc_no, cast({day} as varchar)), l.subject_name)), 20)
    end as decision_key,
    {items} as items,
    {filled} as filled
from handed_in as l
