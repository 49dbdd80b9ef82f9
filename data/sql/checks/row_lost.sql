-- grain: one row per accepted landed row whose content is no version of any fact
-- severity: error
-- says: 已收下的行没有进入快照
with facts as (
    select batch_id, row_no from every_fact where fact <> 'licence'
),
looked as (
    select s.kind, s.batch_id, s.row_no, s.fact_key, s.content_hash, s.leads, f.batch_id is not null as held
    from staged as s
    left join facts as f on f.batch_id = s.batch_id and f.row_no = s.row_no
),
told_again as (
    select distinct r.kind, r.batch_id, r.row_no, h.fact_key is not null as held
    from looked as r
    left join looked as h on h.held and h.fact_key = r.fact_key and h.content_hash = r.content_hash
    where not r.leads
)
select kind, batch_id, row_no from looked where leads and not held
union all
select kind, batch_id, row_no from told_again where not held
