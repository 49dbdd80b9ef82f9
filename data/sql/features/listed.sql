-- grain: one row per enterprise on a list of the dishonest or of those to be watched on the day
select subject_id, count(*) as lists
from list_entry_known
where subject_type = 'enterprise'
  and subject_id is not null
  and happened_on <= cast($as_of as date)
  and (listed_until is null or listed_until > cast($as_of as date))
  and (removed_on is null or removed_on > cast($as_of as date))
group by subject_id
