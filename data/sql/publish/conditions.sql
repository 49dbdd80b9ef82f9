-- grain: one row per condition, in total order
select rule_id, rule_version, level, subject_type, subject_id, name, county, sentence, basis, citation, severity_note, since
from condition
order by rule_id, subject_type, subject_id
