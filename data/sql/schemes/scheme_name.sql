-- grain: one row per way in which a scheme is called in a record
create or replace temporary table scheme_name (
    scheme text not null,
    called text not null
)
