-- grain: one row per scheme under which one subject has an official grade known on the day: the latest one
with rated as (
    select
        scheme, grade, score, rated_on, happened_on, doc_no, batch_id, row_no,
        row_number() over (partition by scheme order by coalesce(rated_on, happened_on) desc, fact_id) as place
    from rating_known
    where subject_id = $subject_id
)
select * from rated where place = 1
order by scheme
