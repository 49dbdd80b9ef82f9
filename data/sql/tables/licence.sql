-- grain: one row per version of one licence, certificate or yearly inspection that can run out
create table licence (
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
    licence_kind text,
    licence_no text,
    licence_key text,
    valid_from date,
    valid_until date,
    status text,
    source_fact text,
    series text,
    matter text
)
