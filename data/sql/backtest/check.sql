-- grain: one row per check of an enterprise that happened after $start and up to $end, known at the end of $as_of
-- `found` as the features count it; `drawn`: by random draw; who checked is not read: it is no property of the checked
select
    subject_id,
    happened_on,
    case
        when regexp_matches(coalesce(result, ''), '未发现|没有发现|无问题') then 0
        when regexp_matches(coalesce(result, ''), '移送|责令|不合格|发现|存在|限期|整改|立案') then 1
        else 0
    end as found,
    case when coalesce(inspection_type, '') like '%双随机%' then 1 else 0 end as drawn
from inspection_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on > cast($start as date)
  and happened_on <= cast($end as date)
order by happened_on, subject_id, batch_id, row_no
