-- grain: one row per receipt that answers no decision anybody told
create table receipt_apart (
    batch_id text not null,
    row_no integer not null,
    package_no text,
    matter_kind text,
    doc_no text,
    subject_name text,
    outcome text,
    receipt_on date,
    source_unit text
)
