-- grain: one row per fact given about a subject under a scheme; value in billionths, a grade as its ordinal
create or replace temporary table given (
    scheme text not null,
    subject_id text not null,
    fact text not null,
    value bigint not null
)
