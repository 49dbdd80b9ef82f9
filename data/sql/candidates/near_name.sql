-- grain: one row per pair of an enterprise without a valid code and another of its county whose names might be nearly the same
-- they share the name but for one sign, or two pieces of two signs of which one is rare there, or the legal representative
with able as (
    select * from called where length(stem) >= 3 and county_code is not null
),
told as (
    select left_id as subject_id from found where kind <> 'reregistered'
    union
    select right_id from found where kind <> 'reregistered'
),
needy as (
    select a.*
    from able as a
    left join told as t on t.subject_id = a.subject_id
    where not a.numbered and t.subject_id is null
),
cut as (
    select a.subject_id, a.plain_name, a.county_code,
        case when p.n = 0 then a.stem else left(a.stem, p.n - 1) || substr(a.stem, p.n + 1) end as piece
    from able as a
    inner join place as p on p.n <= length(a.stem)
),
gram as (
    select distinct a.subject_id, a.plain_name, a.county_code, substr(a.stem, p.n, 2) as piece
    from able as a
    inner join place as p on p.n >= 1 and p.n < length(a.stem)
),
held as (
    select county_code, piece, count(*) as bearers from gram group by county_code, piece
),
by_cut as (
    select x.subject_id, x.plain_name, y.subject_id as other_id, y.plain_name as other_name
    from cut as x
    inner join needy as n on n.subject_id = x.subject_id and n.plain_name = x.plain_name
    inner join cut as y on y.county_code = x.county_code and y.piece = x.piece and y.subject_id <> x.subject_id
),
by_gram as (
    select x.subject_id, x.plain_name, y.subject_id as other_id, y.plain_name as other_name
    from gram as x
    inner join needy as n on n.subject_id = x.subject_id and n.plain_name = x.plain_name
    inner join held as h on h.county_code = x.county_code and h.piece = x.piece
    inner join gram as y on y.county_code = x.county_code and y.piece = x.piece and y.subject_id <> x.subject_id
    where h.bearers <= $common
    group by x.subject_id, x.plain_name, y.subject_id, y.plain_name
    having count(*) >= 2 and min(h.bearers) <= $rare
),
by_person as (
    select n.subject_id, n.plain_name, a.subject_id as other_id, a.plain_name as other_name
    from needy as n
    inner join able as a on a.county_code = n.county_code and a.legal_rep = n.legal_rep and a.subject_id <> n.subject_id
),
met as (
    select * from by_cut
    union
    select * from by_gram
    union
    select * from by_person
)
select
    least(m.subject_id, m.other_id) as left_id,
    greatest(m.subject_id, m.other_id) as right_id,
    case when m.subject_id < m.other_id then a.name else b.name end as left_name,
    case when m.subject_id < m.other_id then b.name else a.name end as right_name,
    case when m.subject_id < m.other_id then a.stem else b.stem end as left_stem,
    case when m.subject_id < m.other_id then b.stem else a.stem end as right_stem,
    case when m.subject_id < m.other_id then a.batch_id else b.batch_id end as left_batch_id,
    case when m.subject_id < m.other_id then a.row_no else b.row_no end as left_row_no,
    case when m.subject_id < m.other_id then b.batch_id else a.batch_id end as right_batch_id,
    case when m.subject_id < m.other_id then b.row_no else a.row_no end as right_row_no,
    coalesce(a.legal_rep = b.legal_rep, false) as same_person,
    m.subject_id as needy_id,
    case when not b.numbered then m.other_id end as other_needy_id
from met as m
inner join able as a on a.subject_id = m.subject_id and a.plain_name = m.plain_name
inner join able as b on b.subject_id = m.other_id and b.plain_name = m.other_name
where a.plain_name <> b.plain_name
order by left_id, right_id, left_name, right_name
