-- grain: one entry per place: the few that are asked for lie all over the table
create index lookup_row_by_place on lookup_row (place)
