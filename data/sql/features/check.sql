-- grain: one row per check of an enterprise: its age in days, whether it found something, and whether what it ordered is overdue or was late
select
    subject_id,
    cast($as_of as date) - happened_on as age,
    case
        when regexp_matches(coalesce(result, ''), '未发现|没有发现|无问题') then 0
        when regexp_matches(coalesce(result, ''), '移送|责令|不合格|发现|存在|限期|整改|立案') then 1
        else 0
    end as found,
    case
        when rectify_by is null or rectify_by >= cast($as_of as date) then 0
        when rectify_result is null or regexp_matches(rectify_result, '逾期|未整改|未完成') then 1
        else 0
    end as overdue
from inspection_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on <= cast($as_of as date)
