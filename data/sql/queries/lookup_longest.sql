-- grain: one row: how many signs the longest text has in which the look-up searches
select coalesce(max(length(search_text)), 0) as longest
from subject
