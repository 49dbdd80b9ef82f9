-- grain: one row per situation and subject whose records meet it in a window that ends within the look-back
-- window_to: the last day on which it was met; count: the things behind it in that window, each one row of listing_evidence
-- listed_on, left_on: the subject's latest entry on one of the lists, and the day on which that ended, null while it stands
create table listing_candidate (
    situation text not null,
    way integer not null,
    subject_type text not null,
    subject_id text not null,
    name text,
    county text,
    first_met_on date not null,
    met_on date not null,
    count integer not null,
    window_from date not null,
    window_to date not null,
    basis text not null,
    said text,
    listed_on date,
    left_on date
)
