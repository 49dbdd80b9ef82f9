-- grain: one row per decision answered under one of these packages
select fact_id, matter_kind, doc_no, authority_code, authority, subject_id, outcome, package_no
from duty
where list_contains($package_nos, package_no)
order by package_no, fact_id
