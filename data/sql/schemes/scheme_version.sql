-- grain: one row per scheme: the version that grades, and the weakest basis of all that it says
create or replace temporary table scheme_version (
    scheme text not null,
    version text not null,
    basis text not null
)
