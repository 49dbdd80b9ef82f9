-- grain: one row per subject, in the order in which equally good answers of the look-up are told; `told` is a JSON array of
-- what is compared and shown: see queries/lookup
create table lookup_row (
    place integer not null,
    told text not null
)
