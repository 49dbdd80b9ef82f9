-- grain: one row per subject that may be part of a pair, whatever its type
select subject_type, subject_id, registered, name, numbered, county, legal_rep, address, batch_id, row_no, told_by
from side_enterprise
union all
select subject_type, subject_id, registered, name, numbered, county, cast(null as text), cast(null as text), batch_id, row_no, told_by
from side_practitioner
union all
select subject_type, subject_id, registered, name, numbered, county, cast(null as text), cast(null as text), batch_id, row_no, told_by
from side_vehicle
