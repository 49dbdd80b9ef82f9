-- grain: one row per condition whose key is in `told`, in total order
select
    c.rule_id, c.rule_version, c.level, c.subject_type, c.subject_id, c.name, c.county, c.sentence, c.basis, c.citation,
    c.severity_note, c.since
from condition as c
inner join told as t on t.rule_id = c.rule_id and t.subject_type = c.subject_type and t.subject_id = c.subject_id
order by c.rule_id, c.subject_type, c.subject_id
