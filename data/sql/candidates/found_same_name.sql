-- grain: one row per pair of enterprises of one name in one county, or where the county of one is unknown
-- a name that more than $most bear says nothing
with spread as (
    select plain_name
    from called
    group by plain_name
    having count(*) between 2 and $most
),
shared as (
    select c.*
    from called as c
    inner join spread as s on s.plain_name = c.plain_name
)
select
    'enterprise' as subject_type,
    a.subject_id as left_id,
    b.subject_id as right_id,
    'same_name' as kind,
    case
        when a.numbered and b.numbered then $two_codes
        when a.county_code is null or b.county_code is null then $same_name - $unplaced
        else $same_name
    end as points,
    case when a.now and b.now then '名称相同' else '与曾用名相同' end || '：“' || a.name || '”' as note,
    a.plain_name as ground,
    a.batch_id as left_batch_id, a.row_no as left_row_no, b.batch_id as right_batch_id, b.row_no as right_row_no
from shared as a
inner join shared as b on b.plain_name = a.plain_name and b.subject_id > a.subject_id
where coalesce(a.county_code, b.county_code, '') = coalesce(b.county_code, a.county_code, '')
qualify row_number() over (
    partition by a.subject_id, b.subject_id
    order by case when a.now and b.now then 0 else 1 end, a.plain_name
) = 1
