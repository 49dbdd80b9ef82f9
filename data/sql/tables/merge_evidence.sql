-- grain: one row per landed row behind one pair of `merge_candidate`, in order
create table merge_evidence (
    subject_type text not null,
    left_id text not null,
    right_id text not null,
    ordinal integer not null,
    subject_id text not null,
    batch_id text not null,
    row_no integer not null,
    note text not null
)
