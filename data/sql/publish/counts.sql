-- grain: one row per kind of fact, with how many are known on the day
select name, rows_of from every_count
union all
select 'subject', count(*) from subject
union all
select 'condition', count(*) from condition
