"""How does a rule compare a fact with its limit, and how is that said in Chinese?

One row per operator: the SQL that decides (`data/sql/operators/`) beside the sentence that explains it, so the
explanation cannot drift from the decision. An operator reads `fact_row` (the columns of `data.rule_facts.COLUMNS`) and
gives one row per evidence record of every subject that fires (`GIVES`).

In a sentence `{limit}`, `{meaning}`, `{noun}`, `{unit}`, `{whole_noun}` and the fact's parameters are filled from the rule;
`DYNAMIC` names are filled per subject by `data/sql/conditions/condition_rows.sql`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

#: The columns every operator gives: the subject's measures first, then the evidence record.
GIVES = (
    "subject_type",
    "subject_id",
    "measure",
    "whole",
    "first_on",
    "latest_on",
    "due_on",
    "since",
    "lead",
    "severity_note",
    "batch_id",
    "row_no",
    "happened_on",
    "note",
)
#: What only a subject's own row can fill.
DYNAMIC = ("name", "measure", "whole", "share", "first", "latest", "due", "lead")


@dataclass(frozen=True, slots=True)
class Operator:
    """One comparison. `limit` says what the rule must give: `integer`, `decimal` or None; `fixed` is bound when None.

    `ahead`: the limit is days, and so far ahead it looks for a last day.
    """

    name: str
    title: str
    sql: str
    sentence: str
    limit: str | None
    fixed: int = 0
    ahead: bool = False

    def bound(self, limit: Decimal | int | None) -> Decimal | int:
        """The value bound to `$limit`: the rule's where one is asked for, else the operator's own."""
        return self.fixed if self.limit is None or limit is None else limit

    def days_ahead(self, limit: Decimal | int | None) -> int:
        """How many days after the day spoken for the last day may lie that is spoken of."""
        return int(self.bound(limit)) if self.ahead else 0


OPERATORS: dict[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator(
            name="count_at_least",
            title="达到次数",
            sql="operators/count_at_least",
            sentence="{window_days} 天内 {measure} {unit}{noun}（{first} 至 {latest}），{meaning}",
            limit="integer",
        ),
        Operator(
            name="any",
            title="出现即提示",
            sql="operators/count_at_least",
            sentence="{window_days} 天内有 {measure} {unit}{noun}，最近一次 {latest}，{meaning}",
            limit=None,
            fixed=1,
        ),
        Operator(
            name="share_above",
            title="占比超过",
            sql="operators/share_above",
            sentence="{window_days} 天内 {measure} {unit}{noun}，占{whole_noun} {whole} {unit}的 {share}%，超过 {limit}%"
            "（{first} 至 {latest}），{meaning}",
            limit="decimal",
        ),
        Operator(
            name="among_highest",
            title="排在最高的",
            sql="operators/among_highest",
            sentence="{noun}居全市{whole_noun} {whole} 户第 {measure} {unit}，在最高的 {limit}% 之内（{lead}），{meaning}",
            limit="decimal",
        ),
        Operator(
            name="days_left_within",
            title="临近到期",
            sql="operators/days_left_within",
            sentence="{lead}将于 {due} 到期，已进入到期前 {limit} 天，{meaning}",
            limit="integer",
            ahead=True,
        ),
        Operator(
            name="expired",
            title="已经到期",
            sql="operators/expired",
            sentence="{lead}已于 {due} 到期，{meaning}",
            limit=None,
        ),
    )
}
