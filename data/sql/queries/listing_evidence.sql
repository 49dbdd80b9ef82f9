-- grain: one row per thing behind the candidates of one subject, or all, in one situation, or all, the latest first
select e.*, b.kind, b.file, b.sheet, b.received_on
from listing_evidence as e
left join batch as b on b.batch_id = e.batch_id
where ($situation is null or e.situation = $situation)
  and ($subject_id is null or e.subject_id = $subject_id)
order by e.happened_on desc, e.batch_id, e.row_no
