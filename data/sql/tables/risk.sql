-- grain: one row per registered enterprise in business and day scored (the build's day, the last day of the month before)
create table risk (
    subject_type text not null,
    subject_id text not null,
    scored_on date not null,
    model_id text,
    county text,
    sector text,
    peer_group text not null,
    risk_class text not null,
    thin_reason text,
    points integer,
    probability decimal(9, 6),
    band_rate decimal(9, 6),
    band_low decimal(9, 6),
    band_high decimal(9, 6),
    band_events integer,
    band_size integer,
    peer_rank integer,
    peer_size integer,
    city_rank integer,
    city_size integer
)
