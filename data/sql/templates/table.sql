-- grain: one row per version of one fact of a kind whose standard says how a row becomes a fact
create table {table} (
    fact_id text not null,
    batch_id text not null,
    row_no integer not null,
    happened_on date,
    happened_basis text,
    known_on date not null,
    known_basis text not null,
    until date,
    until_reason text,
    subject_type text not null,
    subject_id text,
    resolved_by text,
    {columns}
)
