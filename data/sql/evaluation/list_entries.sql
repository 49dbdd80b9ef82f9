-- grain: one row per entry of the subject in a list of a tier on the last day of its period
-- says: 周期最后一天仍在列的名单
-- subject: enterprise, practitioner
-- tables: list_entry
-- parameters: tier text
-- folds: any
-- none: 0
select
    asked.source,
    span.subject_id,
    list_entry_known.batch_id,
    list_entry_known.row_no,
    list_entry_known.happened_on,
    list_entry_known.known_on,
    concat_ws('，', list_entry_known.list_name, list_entry_known.doc_no, list_entry_known.reason) as label,
    cast(1000000000 as bigint) as amount,
    cast(1 as bigint) as weight
from span
cross join asked
join list_entry_known on list_entry_known.subject_id = span.subject_id
where list_entry_known.tier = asked.tier
  and list_entry_known.happened_on <= span.period_to
  and (list_entry_known.removed_on is null or list_entry_known.removed_on > span.period_to)
  and (list_entry_known.listed_until is null or list_entry_known.listed_until >= span.period_to)
