-- grain: one row per enterprise with accidents of at least equal liability in the last 1095 days: how many, and who was hurt
select
    subject_id,
    count(*) as accidents_1095,
    sum(coalesce(deaths, 0)) as deaths_1095
from accident_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on <= cast($as_of as date)
  and happened_on > cast($as_of as date) - 1095
  and liability in ('同等责任', '主要责任', '全部责任')
group by subject_id
