-- grain: one row per scheme: whom it grades, and in which cycle; words and without are patterns, '' = none
create or replace temporary table scheme_subjects (
    scheme text not null,
    subject_type text not null,
    words text not null,
    without text not null,
    roles text [] not null,
    cycle text not null
)
