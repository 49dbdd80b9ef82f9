-- grain: one row per key of a condition that stands otherwise, with its evidence, in `condition_before`, or in one place alone
with now_said as (
    select rule_id, rule_version, level, subject_type, subject_id, name, county, sentence, basis, citation, severity_note, since
    from condition
),
now_shown as (
    select rule_id, subject_type, subject_id, ordinal, batch_id, row_no, happened_on, note
    from condition_evidence
),
said as (
    (select * from now_said except select * from condition_before)
    union all
    (select * from condition_before except select * from now_said)
),
shown as (
    (select * from now_shown except select * from evidence_before)
    union all
    (select * from evidence_before except select * from now_shown)
)
select rule_id, subject_type, subject_id from said
union
select rule_id, subject_type, subject_id from shown
