-- grain: one row per evidence record of every subject that $rule_id now speaks of and did not before
with fresh as (
    select firing.*
    from firing
    left join condition
      on condition.rule_id = $rule_id
     and condition.subject_type = firing.subject_type
     and condition.subject_id = firing.subject_id
    where condition.rule_id is null
),
answer as (
    select
        $rule_id as rule_id,
        subject_type,
        subject_id,
        cast(
            row_number() over (
                partition by subject_type, subject_id
                order by happened_on desc nulls last, batch_id, row_no, note
            ) as integer
        ) as ordinal,
        batch_id,
        row_no,
        happened_on,
        note
    from fresh
)
select * from answer
