-- grain: one row per distinct way a staged row of one kind names its party
select distinct subject_type, party, own_key, reg_no, licence_no, name, plate, plate_colour, person_key
from stage
where party is not null
