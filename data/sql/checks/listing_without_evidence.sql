-- grain: one row per candidate whose count differs from the landed rows behind it, or of a subject that is not listed
-- severity: error
-- says: 认定线索的次数与依据行不符，或缺少主体
with backed as (
    select e.situation, e.subject_type, e.subject_id, count(*) as things
    from listing_evidence as e
    inner join staged as s on s.batch_id = e.batch_id and s.row_no = e.row_no
    group by e.situation, e.subject_type, e.subject_id
)
select c.situation, c.subject_type, c.subject_id
from listing_candidate as c
left join backed as b on b.situation = c.situation and b.subject_type = c.subject_type and b.subject_id = c.subject_id
left join subject as s on s.subject_type = c.subject_type and s.subject_id = c.subject_id
where b.things is null or b.things <> c.count or s.subject_id is null
