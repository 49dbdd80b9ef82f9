-- grain: one row per enterprise in business at the end of a past month: class and points by the model of the build's day
create table risk_month (
    subject_type text not null,
    subject_id text not null,
    month_end date not null,
    risk_class text not null,
    points integer,
    city_rank integer,
    city_size integer,
    made_of text not null
)
