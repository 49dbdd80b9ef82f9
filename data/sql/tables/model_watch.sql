-- grain: one row per thing watched of the model that scored this snapshot (its age, its score, each of its variables); none without
create table model_watch (
    model_id text not null,
    watched_on date not null,
    measure text not null,
    name text not null,
    title text not null,
    value decimal(12, 6),
    noise decimal(12, 6),
    verdict text not null,
    finding boolean not null,
    sentence text not null
)
