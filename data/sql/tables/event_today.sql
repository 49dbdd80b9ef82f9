-- grain: one row per event that is one on the build's day only: of a vehicle or driver in an accident, of a register without record
create table event_today (
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
