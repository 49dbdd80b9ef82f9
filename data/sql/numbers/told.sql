-- grain: one row per number of a penalty told by $as_of: by a record, by a row returned to its sender, or by a register's line
-- a number in a returned row or in a register has been told of, so it is no gap; `place`: the record goes first as a neighbour
-- whoever gives no code is taken by the only code its authority was ever told with; a register without authority by its unit
with
told as (
    select 0 as place, authority_code, authority, doc_no, decision_date, batch_id, row_no
    from penalty_known
    where doc_no is not null
    union all
    select 1 as place, authority_code, authority, doc_no, decision_date, batch_id, row_no
    from returned
    union all
    select
        2 as place,
        case when authority_code is null and authority is null then unit_code else authority_code end as authority_code,
        coalesce(authority, unit) as authority,
        doc_no, decided_on as decision_date, batch_id, row_no
    from decision_register_known
    where matter_kind = '行政处罚' and doc_no is not null
),
only_code as (
    select authority, min(authority_code) as code
    from told
    where authority is not null and authority_code is not null
    group by authority
    having min(authority_code) = max(authority_code)
)
select
    t.place, coalesce(t.authority_code, o.code, t.authority) as authority_key, t.authority, t.doc_no, t.decision_date,
    t.batch_id, t.row_no
from told as t
left join only_code as o on o.authority = t.authority
where coalesce(t.authority_code, o.code, t.authority) is not null
