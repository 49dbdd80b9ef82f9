-- grain: one row per record of a decision known at the end of $as_of that may be a duty, whatever its kind
-- a record of old years is one only where a register or a receipt tells its number
with told as (
    select
        '行政许可' as matter_kind, fact_id, batch_id, row_no, subject_type, subject_id, subject_name, uscc, doc_no,
        decision_date as decided_on, cast(null as text) as procedure, authority, authority_code,
        source_unit as unit, source_unit_code as unit_code
    from permit_known
    union all by name
    select
        '行政处罚' as matter_kind, fact_id, batch_id, row_no, subject_type, subject_id, subject_name, uscc, doc_no,
        decision_date as decided_on, procedure, authority, authority_code,
        source_unit as unit, source_unit_code as unit_code
    from penalty_known
    union all by name
    select
        '行政强制' as matter_kind, fact_id, batch_id, row_no, subject_type, subject_id, subject_name, uscc, doc_no,
        decided_on, cast(null as text) as procedure, authority, authority_code,
        source_unit as unit, source_unit_code as unit_code
    from coercion_known
    union all by name
    select
        '行政确认' as matter_kind, fact_id, batch_id, row_no, subject_type, subject_id, subject_name, uscc, doc_no,
        decided_on, cast(null as text) as procedure, authority, authority_code,
        source_unit as unit, source_unit_code as unit_code
    from confirmation_known
    union all by name
    select
        '行政裁决' as matter_kind, fact_id, batch_id, row_no, subject_type, subject_id, subject_name, uscc, doc_no,
        decided_on, cast(null as text) as procedure, authority, authority_code,
        source_unit as unit, source_unit_code as unit_code
    from adjudication_known
    union all by name
    select
        '行政奖励' as matter_kind, fact_id, batch_id, row_no, subject_type, subject_id, subject_name, uscc, doc_no,
        rewarded_on as decided_on, cast(null as text) as procedure, authority, authority_code,
        source_unit as unit, source_unit_code as unit_code
    from reward_known
    union all by name
    select
        '行政监督检查' as matter_kind, fact_id, batch_id, row_no, subject_type, subject_id, subject_name, uscc, doc_no,
        inspected_on as decided_on, cast(null as text) as procedure, authority, authority_code,
        source_unit as unit, source_unit_code as unit_code
    from inspection_known
),
numbers as (
    select upper(doc_no) as number from decision_register_known where doc_no is not null
    union
    select upper(doc_no) as number from receipt_known where doc_no is not null
)
select t.*
from told as t
left join batch as b on b.batch_id = t.batch_id
left join numbers as n on n.number = upper(t.doc_no)
where not coalesce(b.backfill, false) or n.number is not null
