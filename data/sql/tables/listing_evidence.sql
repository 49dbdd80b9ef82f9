-- grain: one row per thing counted for one row of listing_candidate: the earliest landed row that tells of it
create table listing_evidence (
    situation text not null,
    subject_type text not null,
    subject_id text not null,
    batch_id text not null,
    row_no integer not null,
    happened_on date not null,
    note text
)
