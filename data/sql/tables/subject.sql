-- grain: one row per subject as of the build's day
create table subject (
    subject_type text not null,
    subject_id text not null,
    name text,
    uscc text,
    county text,
    county_code text,
    sector text,
    status text,
    owner_id text,
    owner_name text,
    plate text,
    plate_colour text,
    id_mask text,
    cert_key text,
    id_key text,
    licence_no text,
    reg_no text,
    initials text,
    search_text text,
    registered boolean not null
)
