-- grain: one row per enterprise that the scorecard ranks on the build's day: what its challenger says of it, decides nothing
create table risk_shadow (
    subject_type text not null,
    subject_id text not null,
    scored_on date not null,
    model_id text not null,
    log_odds decimal(12, 9) not null,
    probability decimal(9, 6) not null,
    city_rank integer not null
)
