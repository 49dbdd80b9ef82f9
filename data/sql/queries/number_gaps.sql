-- grain: one row per run of missing document numbers of the snapshot's day, or leap to another run of numbers
select *
from number_gap
order by authority, authority_key, series, from_serial
