-- grain: one row per condition on the grade after the score; ordinal = of the grade it names; threshold in billionths
create or replace temporary table scheme_condition (
    scheme text not null,
    code text not null,
    fact text not null,
    comparison text not null,
    threshold bigint not null,
    effect text not null,
    ordinal integer not null
)
