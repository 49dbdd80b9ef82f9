-- grain: one row per version of a fact and subject whose history tells it, in the words of the history
create table event (
    subject_id text not null,
    fact_id text not null,
    kind text not null,
    happened_on date,
    happened_basis text,
    headline text,
    detail text,
    legal_basis text,
    doc_no text,
    severity_level text,
    severity_basis text,
    amount_yuan decimal(18, 2),
    over_rate decimal(18, 6),
    plate text,
    vehicle_id text,
    authority text,
    known_on date not null,
    known_basis text not null,
    until date,
    batch_id text not null,
    row_no integer not null
)
