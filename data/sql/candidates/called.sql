-- grain: one row per enterprise and name it bears or bore, cleaned, with what is left of it without place, form and brackets
with borne as (
    select subject_id, name, true as now, batch_id, row_no, cast(null as date) as known_on from side_enterprise
    union all
    select e.subject_id, e.name, false, e.batch_id, e.row_no, e.known_on
    from enterprise as e
    where e.known_on <= $as_of and e.subject_id is not null and e.name is not null
),
plain as (
    select b.*, upper(replace(translate(b.name, '（）', '()'), ' ', '')) as plain_name
    from borne as b
    qualify row_number() over (
        partition by b.subject_id, upper(replace(translate(b.name, '（）', '()'), ' ', ''))
        order by case when b.now then 0 else 1 end, b.known_on desc, b.batch_id, b.row_no
    ) = 1
),
bare as (
    select
        p.subject_id, p.name, p.now, p.plain_name, p.batch_id, p.row_no, s.county_code, s.numbered, s.legal_rep,
        coalesce(s.county, '') as county,
        case when length(s.county) > 2 then left(s.county, length(s.county) - 1) else coalesce(s.county, '') end as short_county,
        replace(replace(replace(replace(replace(replace(replace(
            regexp_replace(p.plain_name, '[(][^)]*[)]', ''),
            '有限责任公司', ''), '股份有限公司', ''), '有限公司', ''), '公司', ''), '山西省', ''), '运城市', ''), '山西', '') as trunk
    from plain as p
    inner join side_enterprise as s on s.subject_id = p.subject_id
)
select
    subject_id, name, now, plain_name, batch_id, row_no, county_code, numbered, legal_rep,
    replace(replace(trunk, county, ''), short_county, '') as stem
from bare
