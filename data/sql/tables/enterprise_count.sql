-- grain: one row per registered enterprise in business on the build's day: what it has and what was found there
-- `_365` and `_730` count the days before and including the build's day; days_since_check is null when it was never checked
create table enterprise_count (
    subject_type text not null,
    subject_id text not null,
    vehicles integer not null,
    goods_vehicles integer not null,
    staff integer not null,
    checks_365 integer not null,
    findings_365 integer not null,
    checks_730 integer not null,
    findings_730 integer not null,
    penalties_365 integer not null,
    ordinary_365 integer not null,
    overloads_365 integer not null,
    days_since_check integer
)
