-- grain: one row per subject to be graded under a scheme, with what was given of it as a whole; null = not given
-- score and points in billionths, previous = the ordinal of its last grade; `given` holds the same facts one by one
create or replace temporary table graded (
    scheme text not null,
    subject_id text not null,
    score bigint,
    points bigint,
    previous integer
)
