-- grain: one row per row behind a source of facts, of the one subject that is asked for
create or replace temporary table evidence_row (
    source text not null,
    subject_id text not null,
    batch_id text not null,
    row_no integer not null,
    happened_on date,
    known_on date not null,
    label text,
    amount hugeint,
    weight bigint
)
