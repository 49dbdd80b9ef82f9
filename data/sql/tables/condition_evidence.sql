-- grain: one row per fact behind one condition, in order
create table condition_evidence (
    rule_id text not null,
    subject_type text not null,
    subject_id text not null,
    ordinal integer not null,
    batch_id text not null,
    row_no integer not null,
    happened_on date,
    note text
)
