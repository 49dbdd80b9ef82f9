-- grain: one row per fact that a person entered of a subject under a scheme, the last word on it
create or replace temporary table entered (
    scheme text not null,
    subject_id text not null,
    fact text not null,
    value bigint not null,
    entry_id text,
    batch_id text,
    row_no integer,
    known_on date,
    said_on timestamp,
    said_by text,
    method text
)
