-- grain: one row per fact of a scheme that is the quotient of two others where it is not given itself
create or replace temporary table scheme_ratio (
    scheme text not null,
    fact text not null,
    part text not null,
    whole text not null
)
