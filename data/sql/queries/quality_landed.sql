-- grain: one row per landed row that counts under one number of the figures, a page of them; total counts all
with chosen as (
    select
        j.*,
        coalesce(j.unit, '未填') as reporter,
        case when j.corrected_on <= $as_of then j.corrected_on end as known_corrected_on
    from work.judged as j
    where j.counts
      and j.received_on <= $as_of
      and cast(date_trunc('month', coalesce(j.day, j.received_on)) as date) = $month
      and list_contains($kinds, j.matter_kind)
      and ($unit is null or coalesce(j.unit, '未填') = $unit)
      and ($county is null
          or coalesce(j.unit, '未填') in (select q.unit from quality as q where q.county = $county))
),
fitting as (
    select *
    from chosen
    where ($what <> 'rejected' or not accepted)
      and ($what <> 'compliant' or accepted)
      and ($what <> 'gaps' or filled < items)
      and ($what <> 'corrected' or known_corrected_on is not null)
      and ($what <> 'open' or (not accepted and known_corrected_on is null))
),
wrong as (
    select w.batch_id, w.row_no, string_agg(distinct w.rule, '、' order by w.rule) as rules
    from work.judged_wrong as w
    inner join fitting as f on f.batch_id = w.batch_id and f.row_no = w.row_no
    group by w.batch_id, w.row_no
)
select
    f.reporter as unit, f.matter_kind, f.day, f.received_on, f.accepted, f.items, f.filled,
    f.known_corrected_on as corrected_on, f.batch_id, f.row_no, b.file, w.rules,
    count(*) over () as total
from fitting as f
inner join batch as b on b.batch_id = f.batch_id
left join wrong as w on w.batch_id = f.batch_id and w.row_no = f.row_no
order by f.received_on desc, f.batch_id, f.row_no
limit $page_size offset $skip
