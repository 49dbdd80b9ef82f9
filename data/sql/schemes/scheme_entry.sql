-- grain: one row per way in which an entered fact of a scheme is called: the fact, an indicator's code, a title
create or replace temporary table scheme_entry (
    scheme text not null,
    called text not null,
    fact text not null
)
