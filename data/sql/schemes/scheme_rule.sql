-- grain: one row per scheme and version in use; all amounts in billionths of a point, ordinals from 1, the best
create or replace temporary table scheme_rule (
    scheme text not null,
    base bigint not null,
    least_score bigint,
    most_score bigint,
    bonus_cap bigint,
    worst integer not null,
    first_best integer,
    one_step boolean not null
)
