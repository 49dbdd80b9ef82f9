-- grain: one row per indicator of a scheme, and per band of an indicator that is weighted by bands
-- amounts in billionths, weights in thousandths, sign 1 or -1; band = counts (billionths) from band_first to before band_next
-- role: part = asked for unless the score is given; penalty = unless the sum of points is given too; sum = that sum; bonus = always
create or replace temporary table scheme_indicator (
    scheme text not null,
    code text not null,
    role text not null,
    operator text not null,
    fact text not null,
    other text,
    is_optional boolean not null,
    sign bigint not null,
    per bigint,
    step bigint,
    unit bigint not null,
    target bigint,
    most bigint not null,
    alone bigint,
    together bigint,
    band_first bigint,
    band_next bigint
)
