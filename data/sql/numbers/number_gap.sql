-- grain: one row per run of missing numbers between two known ones of one authority's series; reads `numbered`
with
heads as (
    select distinct head
    from numbered
),
series_of as (
    select
        head,
        concat(
            regexp_extract(concat(head, '0'), $pattern, 2), '〔', regexp_extract(concat(head, '0'), $pattern, 3), '〕',
            regexp_extract(concat(head, '0'), $pattern, 4)
        ) as series,
        cast(regexp_extract(concat(head, '0'), $pattern, 3) as integer) as year
    from heads
),
serials as (
    select n.authority_key, h.series, n.serial
    from numbered as n
    inner join series_of as h on h.head = n.head
),
beside as (
    select
        authority_key,
        series,
        serial,
        lag(serial) over (partition by authority_key, series order by serial) as before_serial
    from serials
),
gap as (
    select distinct authority_key, series, before_serial, serial as after_serial
    from beside
    where serial - before_serial > 1
),
neighbour as (
    select n.*, h.series, h.year
    from numbered as n
    inner join series_of as h on h.head = n.head
    inner join (
        select authority_key, series, before_serial as serial from gap
        union
        select authority_key, series, after_serial from gap
    ) as e on e.authority_key = n.authority_key and e.series = h.series and e.serial = n.serial
    qualify row_number() over (partition by n.authority_key, h.series, n.serial order by n.place, n.batch_id, n.row_no) = 1
)
select
    case when g.after_serial - g.before_serial - 1 > $longest_jump then 'jump' else 'missing' end as kind,
    g.authority_key,
    a.authority,
    g.series,
    a.year,
    g.before_serial + 1 as from_serial,
    g.after_serial - 1 as to_serial,
    g.after_serial - g.before_serial - 1 as count,
    b.batch_id as before_batch_id,
    b.row_no as before_row_no,
    b.doc_no as before_doc_no,
    b.decision_date as before_decided_on,
    a.batch_id as after_batch_id,
    a.row_no as after_row_no,
    a.doc_no as after_doc_no,
    a.decision_date as after_decided_on
from gap as g
inner join neighbour as b on b.authority_key = g.authority_key and b.series = g.series and b.serial = g.before_serial
inner join neighbour as a on a.authority_key = g.authority_key and a.series = g.series and a.serial = g.after_serial
order by g.authority_key, g.series, g.before_serial
