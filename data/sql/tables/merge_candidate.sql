-- grain: one row per unordered pair of subjects of one type that may be one and the same (`same`) or belong together (`related`)
-- `mergeable`: not each of them holds a valid number of its own; `grounds`: what speaks for it, hashed, so that new grounds show
create table merge_candidate (
    subject_type text not null,
    left_id text not null,
    right_id text not null,
    sort text not null,
    mergeable boolean not null,
    kind text not null,
    score integer not null,
    sentence text not null,
    grounds text not null,
    left_name text,
    right_name text,
    left_county text,
    right_county text
)
