-- grain: one row per enterprise scored on both days and reason why its points changed between them
create table risk_change (
    subject_type text not null,
    subject_id text not null,
    from_day date not null,
    to_day date not null,
    from_class text not null,
    to_class text not null,
    from_points integer not null,
    to_points integer not null,
    ordinal integer not null,
    feature text not null,
    points_change integer not null,
    sentence text not null
)
