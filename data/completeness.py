"""Which items must a row of a reported kind fill in, and which landed column tells its unit, day and number?

Read from the standards: what is required always, and what a check of severity `error` requires under a condition on another
field. Nothing here looks at a row; the answers are fragments for the blanks of `templates/judged`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.standard import KINDS, Check, Standard, load_standard

#: The operators whose `error` makes a field an item that must be filled.
_CONDITIONAL = ("required-when", "positive-when")
_UNITS = ("source_unit", "authority")
_DAYS = ("decision_date", "decided_on", "rewarded_on", "inspected_on")


def _matters() -> dict[str, str]:
    """Kind → matter, as the register of decisions writes it; the order is the register's."""
    codes = load_standard("decision_register").field("matter_kind").codes
    by_title = {load_standard(kind).title_zh: kind for kind in KINDS}
    return {by_title[matter]: matter for matter in (codes.values if codes else ())}


#: The kinds that have to be reported: 双公示 (许可, 处罚) and the five kinds of the notice.
MATTERS: Mapping[str, str] = _matters()


@dataclass(frozen=True, slots=True)
class Item:
    """One field that must be filled; `when` is the condition as SQL over `l`, empty when always."""

    field: str
    column: str
    when: str


def items_of(standard: Standard) -> tuple[Item, ...]:
    """The items a row of this kind must fill, each field once for each way in which it is required."""
    always = {each.name for each in standard.fields if each.required}
    found = [Item(name, column_of(standard, name), "") for name in sorted(always)]
    for check in standard.checks:
        if check.operator in _CONDITIONAL and check.severity == "error" and check.params["field"] not in always:
            if "text_words" in check.params:
                continue
            found.append(Item(check.params["field"], column_of(standard, check.params["field"]), _when(standard, check)))
    return tuple(found)


def column_of(standard: Standard, name: str) -> str:
    """The column of rows.parquet in which a field is kept; a personal one under its key."""
    return f"{name}_key" if standard.field(name).personal else name


def columns_needed(kind: str) -> tuple[str, ...]:
    """The columns of rows.parquet that `templates/judged` reads, in order of name."""
    standard = load_standard(kind)
    named = {item.column for item in items_of(standard)} | {"doc_no", "subject_name", *_UNITS, _day(standard)}
    asked = {check.params.get("when_field", "") for check in standard.checks if check.operator in _CONDITIONAL}
    return tuple(sorted(named | {name for name in asked if name}))


def words_of(kind: str) -> dict[str, str]:
    """What fills the blanks of `templates/judged` for one kind."""
    standard = load_standard(kind)
    items = items_of(standard)
    always = [item for item in items if not item.when]
    sometimes = [item for item in items if item.when]
    return {
        "matter": MATTERS[kind],
        "reporter": f"coalesce({', '.join(f'l.{name}' for name in _UNITS)})",
        "day": f"l.{_day(standard)}",
        "items": _sum([str(len(always)), *(f"case when {item.when} then 1 else 0 end" for item in sometimes)]),
        "filled": _sum(
            [f"case when l.{item.column} is not null then 1 else 0 end" for item in always]
            + [f"case when {item.when} and l.{item.column} is not null then 1 else 0 end" for item in sometimes]
        ),
    }


def _day(standard: Standard) -> str:
    names = {each.name for each in standard.fields}
    return next(name for name in _DAYS if name in names)


def _when(standard: Standard, check: Check) -> str:
    """The condition of a check as SQL; a field that is not filled meets none."""
    column = f"l.{column_of(standard, check.params['when_field'])}"
    if "when_any" in check.params:
        return f"coalesce({column} in ({', '.join(_text(word) for word in check.params['when_any'])}), false)"
    said = " or ".join(f"{column} like {_text(f'%{word}%')}" for word in check.params["when_words"])
    return f"coalesce({said}, false)"


def _text(word: str) -> str:
    """A word of a standard as an SQL text."""
    return "'" + word.replace("'", "''") + "'"


def _sum(parts: list[str]) -> str:
    return " + ".join(parts)
