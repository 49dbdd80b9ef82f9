-- grain: one row per enterprise whose register changed its name or its legal representative in the last 730 days: how often
with told as (
    select
        subject_id,
        known_on,
        name,
        legal_rep,
        lag(name) over (partition by subject_id order by known_on, batch_id, row_no) as name_before,
        lag(legal_rep) over (partition by subject_id order by known_on, batch_id, row_no) as legal_rep_before
    from feature_registered
)
select subject_id, count(*) as changes_730
from told
where known_on > cast($as_of as date) - 730
  and (name <> name_before or legal_rep <> legal_rep_before)
group by subject_id
