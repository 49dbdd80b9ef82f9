-- grain: one row per piece that very many subjects share, with how many, the first and the last of their places
create table lookup_common (
    gram bigint not null,
    held integer not null,
    first_place integer not null,
    last_place integer not null
)
