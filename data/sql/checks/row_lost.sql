-- grain: one row per accepted landed row whose content is no version of any fact
-- severity: error
-- says: 已收下的行没有进入快照
-- only batches are looked at row by row whose facts are not as many, or not of the same rows: told by the sum of their hashes
with landed as (
    select batch_id, count(*) as rows, sum(hash(row_no)) as mark from staged where leads group by batch_id
),
laid as (
    select batch_id, count(*) as rows, sum(hash(row_no)) as mark from every_fact where fact <> 'licence' group by batch_id
),
differing as (
    select landed.batch_id
    from landed
    left join laid on laid.batch_id = landed.batch_id
    where laid.rows is distinct from landed.rows or laid.mark is distinct from landed.mark
),
facts as (
    select batch_id, row_no from every_fact where fact <> 'licence'
),
again as (
    select kind, batch_id, row_no, fact_key, content_hash from staged where not leads
),
told as (
    select distinct s.fact_key, s.content_hash
    from staged as s
    inner join facts as f on f.batch_id = s.batch_id and f.row_no = s.row_no
    where s.fact_key in (select fact_key from again)
)
select s.kind, s.batch_id, s.row_no
from staged as s
left join facts as f on f.batch_id = s.batch_id and f.row_no = s.row_no
where s.leads and s.batch_id in (select batch_id from differing) and f.batch_id is null
union all
select a.kind, a.batch_id, a.row_no
from again as a
left join told as t on t.fact_key = a.fact_key and t.content_hash = a.content_hash
where t.fact_key is null
