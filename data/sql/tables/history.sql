-- grain: one row per subject and sort of fact that its history tells on the build's day, with how many
create table history (
    subject_id text not null,
    fact text not null,
    events integer not null
)
