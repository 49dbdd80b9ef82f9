-- grain: one row per sector of a subject on the register
with
answer as (
    select distinct sector
    from subject
    where sector is not null
)
select * from answer
order by sector
