-- grain: one row: registered enterprises and accepted records in this snapshot
with
firms as (
    select count(*) as enterprises
    from subject
    where subject_type = 'enterprise' and registered
),
records as (
    select coalesce(sum(accepted), 0) as records
    from batch
),
totals as (
    select firms.enterprises, cast(records.records as bigint) as records
    from firms
    cross join records
)
select * from totals
