-- grain: one row per known accident and a vehicle or driver in it, besides the subject that the record names
create table involved (
    fact_id text not null,
    subject_type text not null,
    subject_id text not null
)
