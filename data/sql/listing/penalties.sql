-- grain: one row per recent penalty decision on one party that fits; item = the decision
-- each of the groups of words is found in what it says; an empty pattern finds everything
with fitting as (
    select p.*
    from penalty_recent as p
    where regexp_matches(p.said, $words_a) and regexp_matches(p.said, $words_b) and regexp_matches(p.said, $words_c)
      and ($kinds = '' or regexp_matches(concat(';', coalesce(p.penalty_kinds, ''), ';'), $kinds))
      and ($fine_from_yuan is null or p.fine_yuan >= $fine_from_yuan)
      and ($authorities = '' or regexp_matches(coalesce(p.authority, ''), $authorities))
)
select
    f.subject_type, f.subject_id, f.item, f.happened_on, f.batch_id, f.row_no, f.note,
    cast(null as date) as since, cast(null as text) as said
from fitting as f
left join subject as s on s.subject_type = f.subject_type and s.subject_id = f.subject_id
where $sectors = '' or regexp_matches(coalesce(s.sector, ''), $sectors)
