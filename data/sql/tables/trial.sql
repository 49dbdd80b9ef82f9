-- grain: one row per subject and scheme that grades it: what the running period comes to up to the build's day (试算)
-- best, worst, ordinal: 1 = the best grade; no ordinal, no grade: 证据不足; basis = the weakest basis of the scheme's version
create table trial (
    scheme text not null,
    version text not null,
    subject_type text not null,
    subject_id text not null,
    period_from date not null,
    period_to date not null,
    score decimal(18, 9),
    best integer,
    worst integer,
    ordinal integer,
    grade text,
    overview text,
    basis text not null
)
