-- grain: one entry per subject: whoever has an id finds its row without reading a million of them
create index subject_by_id on subject (subject_id)
