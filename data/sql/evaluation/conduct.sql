-- grain: one row per conduct of an enterprise in works on roads and waterways in the period, of some codes or effects
-- says: 周期内公路水运工程的行为记录
-- subject: enterprise
-- tables: conduct
-- parameters: codes list, other_codes list, effects list, roles list
-- folds: sum, any
-- none: 0
-- other_codes: these are counted elsewhere; a code is written with or without the words after it
select
    span.subject_id,
    conduct_known.batch_id,
    conduct_known.row_no,
    conduct_known.happened_on,
    conduct_known.known_on,
    concat_ws('，', conduct_known.doc_no, conduct_known.item_code, conduct_known.item, conduct_known.effect) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
join conduct_known on conduct_known.subject_id = span.subject_id
where conduct_known.happened_on between span.period_from and span.period_to
  and (len(cast($codes as text [])) = 0 or list_contains(cast($codes as text []), conduct_known.item_code))
  and not list_contains(cast($other_codes as text []), coalesce(conduct_known.item_code, ''))
  and (len(cast($effects as text [])) = 0 or list_contains(cast($effects as text []), conduct_known.effect))
  and (len(cast($roles as text [])) = 0 or list_contains(cast($roles as text []), conduct_known.role))
