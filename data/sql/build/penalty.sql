-- grain: one row per version of one penalty decision on one party, with its amounts in 元 and its severity
with money as (
    select
        l.* exclude (content_hash),
        cast(l.fine_wan * 10000 as decimal(18, 2)) as fine_yuan,
        cast(l.confiscation_wan * 10000 as decimal(18, 2)) as confiscation_yuan
    from landed_penalty as l
)
select
    v.fact_id, v.happened_on, v.happened_basis, v.known_on, v.known_basis, v.until,
    case when v.until is not null then 'corrected' end as until_reason,
    v.subject_type,
    p.subject_id,
    p.resolved_by,
    m.*,
    case
        when m.severity in ('轻微', '一般', '较重', '严重') then m.severity
        when regexp_matches(coalesce(m.penalty_kinds, ''), $serious_pattern) or coalesce(m.fine_yuan, 0) > $fine_serious_yuan
            then '严重'
        when regexp_matches(coalesce(m.penalty_kinds, ''), $grave_pattern) or coalesce(m.fine_yuan, 0) > $fine_grave_yuan
            then '较重'
        when regexp_matches(coalesce(m.penalty_kinds, ''), $ordinary_pattern) or coalesce(m.confiscation_yuan, 0) > 0
            or coalesce(m.fine_yuan, 0) > $fine_ordinary_yuan
            then '一般'
        else '轻微'
    end as severity_level,
    case when m.severity in ('轻微', '一般', '较重', '严重') then 'stated' else 'graded' end as severity_basis
from chosen as v
inner join money as m on m.batch_id = v.batch_id and m.row_no = v.row_no
left join party as p on p.subject_type = v.subject_type and p.party = v.party
where v.kind = 'penalty'
