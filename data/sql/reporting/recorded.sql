-- grain: one row per record of a decision, its number and authority written so that a register's line can be compared
select
    d.*,
    upper(d.doc_no) as number,
    coalesce(d.authority_code, a.code, d.authority) as office
from decided as d
left join authority_code as a on a.name = d.authority
