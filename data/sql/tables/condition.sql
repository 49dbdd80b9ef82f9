-- grain: one row per rule and subject the rule speaks of on the build's day
create table condition (
    rule_id text not null,
    rule_version text not null,
    level text not null,
    subject_type text not null,
    subject_id text not null,
    name text,
    county text,
    sentence text not null,
    basis text not null,
    citation text,
    severity_note text,
    since date
)
