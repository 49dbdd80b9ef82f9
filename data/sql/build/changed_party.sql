-- grain: one row per way of naming a party that means another subject, or means it for another reason, than before
select n.subject_type, n.party, n.subject_id, n.resolved_by
from party as n
inner join party_before as b on b.subject_type = n.subject_type and b.party = n.party
where n.subject_id is distinct from b.subject_id or n.resolved_by is distinct from b.resolved_by
