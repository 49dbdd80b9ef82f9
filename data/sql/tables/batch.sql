-- grain: one row per landed batch
create table batch (
    batch_id text not null,
    file text,
    sheet text,
    kind text,
    unit text,
    received_on date,
    backfill boolean,
    rows integer,
    accepted integer,
    rejected integer
)
