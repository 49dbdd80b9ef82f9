-- grain: one row per candidate of a county (null: all) with how it stands; a judgement of earlier records alone leaves it open
-- `judged` is lent: the judgements not undone
select
    c.*,
    j.judgement_id,
    case
        when c.listed_on is not null and c.left_on is null then '已在名单'
        when j.met_on >= c.met_on then j.verdict
        else '待判定'
    end as state
from listing_candidate as c
left join judged as j on j.situation = c.situation and j.subject_type = c.subject_type and j.subject_id = c.subject_id
where $county is null or c.county = $county
