-- grain: one row per subject and source of facts: what its rows come to, in billionths
create or replace temporary table folded (
    source text not null,
    subject_id text not null,
    value bigint not null
)
