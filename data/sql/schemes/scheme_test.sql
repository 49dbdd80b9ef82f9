-- grain: one row per test of a grade; a grade without tests has one row without a fact; threshold in billionths
create or replace temporary table scheme_test (
    scheme text not null,
    ordinal integer not null,
    fact text,
    comparison text,
    threshold bigint
)
