-- grain: one row per settled row; a party that is the row's own key is not written twice
select
    kind, batch_id, row_no, fact_key, content_hash, happened_on, happened_basis, told_on, told_basis, known_on, known_basis,
    received_on, leads, subject_type, own_key, nullif(party, own_key) as party
from settled
