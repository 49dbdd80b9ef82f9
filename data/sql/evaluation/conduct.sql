-- grain: one row per conduct of an enterprise in works on roads and waterways in the period, of some codes or effects
-- says: 周期内公路水运工程的行为记录
-- subject: enterprise
-- tables: conduct
-- parameters: codes list, other_codes list, effects list, roles list
-- folds: sum, any
-- none: 0
-- other_codes: these are counted elsewhere; a code is written with or without the words after it
select
    asked.source,
    span.subject_id,
    conduct_known.batch_id,
    conduct_known.row_no,
    conduct_known.happened_on,
    conduct_known.known_on,
    concat_ws('，', conduct_known.doc_no, conduct_known.item_code, conduct_known.item, conduct_known.effect) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
cross join asked
join conduct_known on conduct_known.subject_id = span.subject_id
where conduct_known.happened_on between span.period_from and span.period_to
  and (len(asked.codes) = 0 or list_contains(asked.codes, conduct_known.item_code))
  and not list_contains(asked.other_codes, coalesce(conduct_known.item_code, ''))
  and (len(asked.effects) = 0 or list_contains(asked.effects, conduct_known.effect))
  and (len(asked.roles) = 0 or list_contains(asked.roles, conduct_known.role))
