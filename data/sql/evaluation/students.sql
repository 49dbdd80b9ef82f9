-- grain: one row per monthly return of a school in the period that counts: the total, where the month has one
-- says: 周期内各月在培学员的平均数
-- subject: enterprise
-- tables: teaching_hours
-- folds: mean
-- none: unknown
-- the mean of the months' pupils; the first row of a month carries its weight
with told as (
    select
        asked.source,
        span.subject_id as whose,
        teaching_hours_known.*,
        max(case when teaching_hours_known.vehicle_class = '合计' then 1 else 0 end) over (
            partition by span.subject_id, teaching_hours_known.month
        ) as has_total
    from span
    cross join asked
    join teaching_hours_known on teaching_hours_known.subject_id = span.subject_id
    where teaching_hours_known.month between span.period_from and span.period_to
      and teaching_hours_known.students is not null
)
select
    source,
    whose as subject_id,
    batch_id,
    row_no,
    happened_on,
    known_on,
    concat_ws('，', year(month) || ' 年 ' || month(month) || ' 月', vehicle_class, students || ' 人') as label,
    cast(1000000000 as bigint) * students as amount,
    cast(case when row_number() over (partition by whose, month order by batch_id, row_no) = 1 then 1 else 0 end as bigint) as weight
from told
where has_total = 0
   or vehicle_class = '合计'
