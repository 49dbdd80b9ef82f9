-- grain: one row per enterprise scored on the build's day and reason; points compared with the average of the training
create table risk_reason (
    subject_type text not null,
    subject_id text not null,
    scored_on date not null,
    ordinal integer not null,
    feature text not null,
    value_text text,
    points integer not null,
    direction text not null,
    sentence text not null
)
