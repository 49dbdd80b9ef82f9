-- grain: one row: what this snapshot was built from and which day it speaks for
create table snapshot (
    build_id text not null,
    as_of date not null,
    code_version text not null,
    rules_version text not null,
    synthetic boolean not null
)
