-- grain: one entry per enterprise of standing: the advice of those that a look-up finds is read without reading everybody's
create index standing_by_subject on standing (subject_id)
