-- grain: one row per penalty decision on one party known on the build's day; without a version no order was in force
-- publish_until: the last day of publication that the record itself tells; a penalty that was repaired came down early
-- basis: law where class, period and order all stand on it
create table repair_clock (
    fact_id text not null,
    batch_id text not null,
    row_no integer not null,
    subject_type text not null,
    subject_id text,
    decided_on date not null,
    version text,
    class text,
    publish boolean,
    eligible_from date,
    min_until date,
    max_until date,
    publish_until date,
    period_basis text,
    class_basis text,
    class_source text,
    order_changed boolean not null,
    basis text not null
)
