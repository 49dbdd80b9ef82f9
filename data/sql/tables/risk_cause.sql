-- grain: one row per enterprise scored on both days and cause that moved its points between them; an enterprise's causes sum to its change
create table risk_cause (
    subject_type text not null,
    subject_id text not null,
    from_day date not null,
    to_day date not null,
    cause text not null,
    points_change integer not null
)
