-- grain: one row per pair of versions of one fact that are known on the same day
-- severity: error
-- says: 同一事实有两个版本同时有效
with several as (
    select hash(fact_key) as mark
    from staged
    where leads
    group by hash(fact_key)
    having count(*) > 1
),
version as (
    select batch_id, row_no, fact_key
    from staged
    where leads and hash(fact_key) in (select mark from several)
),
facts as (
    select fact_id, batch_id, row_no, known_on, until
    from every_fact
    where fact <> 'licence'
),
visible as (
    select f.fact_id, v.fact_key, f.known_on, f.until
    from facts as f
    inner join version as v on v.batch_id = f.batch_id and v.row_no = f.row_no
    where f.until is null or f.until > f.known_on
),
followed as (
    select
        fact_key,
        fact_id,
        until,
        lead(fact_id) over (partition by fact_key order by known_on, fact_id) as next_id,
        lead(known_on) over (partition by fact_key order by known_on, fact_id) as next_known_on
    from visible
)
select fact_key, fact_id, next_id
from followed
where next_id is not null and (until is null or until > next_known_on)
