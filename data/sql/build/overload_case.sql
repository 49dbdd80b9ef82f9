-- grain: one row per version of one over-limit case, with what it says of vehicle, enterprise and driver
select v.fact_id, v.happened_on, l.plate, l.plate_colour, l.uscc, l.subject_name, l.driver_cert_no_key
from (select fact_id, batch_id, row_no, happened_on from chosen where kind = 'overload') as v
inner join landed_overload as l on l.batch_id = v.batch_id and l.row_no = v.row_no
