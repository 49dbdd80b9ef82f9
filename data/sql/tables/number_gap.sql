-- grain: one row per run of document numbers of one series that nobody has told of, between two known ones
-- kind: missing (a doubt to be looked at), or jump (so many that another run of numbers begins there: no doubt)
create table number_gap (
    kind text not null,
    authority_key text not null,
    authority text,
    series text not null,
    year integer not null,
    from_serial bigint not null,
    to_serial bigint not null,
    count bigint not null,
    before_batch_id text not null,
    before_row_no integer not null,
    before_doc_no text not null,
    before_decided_on date,
    after_batch_id text not null,
    after_row_no integer not null,
    after_doc_no text not null,
    after_decided_on date
)
