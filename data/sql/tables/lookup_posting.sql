-- grain: one row per piece of what a subject is called (data/grams.py) and the subject's place in lookup_row
create table lookup_posting (
    gram bigint not null,
    place integer not null
)
