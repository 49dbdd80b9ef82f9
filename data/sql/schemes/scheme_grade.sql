-- grain: one row per grade of a scheme, 1 = the best
create or replace temporary table scheme_grade (
    scheme text not null,
    ordinal integer not null,
    grade text not null,
    overview text not null
)
