-- grain: one row when an approved model scored this snapshot, none when there is no model: which one
create table risk_model (
    model_id text not null,
    trained_to date not null,
    rows integer not null,
    positives integer not null,
    auc decimal(9, 6),
    auc_low decimal(9, 6),
    auc_high decimal(9, 6),
    approved_by text not null,
    effective_from date not null,
    synthetic boolean not null
)
