-- grain: one row per known penalty whose text names one fine and whose amount is another
-- severity: warn
-- says: 处罚内容里写的罚款与罚款金额不一致
with named as (
    select
        batch_id,
        row_no,
        doc_no,
        fine_yuan,
        replace(regexp_extract(content, '罚款[^0-9;；。]{0,8}([0-9][0-9,]*(\.[0-9]+)?) *(万?)元', 1), ',', '') as amount,
        regexp_extract(content, '罚款[^0-9;；。]{0,8}([0-9][0-9,]*(\.[0-9]+)?) *(万?)元', 3) as unit
    from penalty_known
    where content is not null and fine_yuan is not null
),
read_off as (
    select
        batch_id,
        row_no,
        doc_no,
        fine_yuan,
        try_cast(amount as decimal(18, 2)) * case when unit = '万' then 10000 else 1 end as said_yuan
    from named
    where amount <> ''
)
select batch_id, row_no, doc_no, fine_yuan, said_yuan
from read_off
where said_yuan <> fine_yuan
