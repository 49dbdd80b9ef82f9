"""Under which names and numbers was a subject known, which other subjects were merged into it, and to which is it linked?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.desk import Desk
from data.casework.merges import active_merges, list_merges
from data.casework.pairs import links_of, names_of

#: A register that was there before the first load is known since this day: nobody knows since when.
_ALWAYS = date(1900, 1, 1)
#: How `queries/profile_naming` calls the register of enterprises.
REGISTER = "登记簿"
#: So many former names are told at most.
MOST_NAMES = 20
_LABELS = (("名称", "name"), ("统一社会信用代码", "uscc"), ("工商注册号", "reg_no"))


@dataclass(frozen=True, slots=True)
class Naming:
    """One name or number of a subject and the row that gave it first; `since` is None when it was there from the beginning."""

    label: str
    value: str
    since: date | None
    told_by: str
    batch_id: str
    row_no: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Another subject that was merged into this one, or is linked to it: by whom, on which day, on what grounds."""

    subject_id: str
    name: str
    number: str | None
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Ties:
    """`naming`: every name and number where there was ever more than one of its sort, or more than one sort of number.

    `former_names`: those the register gave before the present one, the latest first, `MOST_NAMES` at most.
    """

    naming: tuple[Naming, ...]
    former_names: tuple[str, ...]
    merged: tuple[Tie, ...]
    linked: tuple[Tie, ...]


def ties_of(desk: Desk, subject_type: str, subject_id: str) -> Ties:
    """What ties a subject to other names and other subjects, as of the data day; links as they stand now."""
    standing = active_merges(desk.casework, desk.data_day)
    people = names_of(desk.casework)
    inside = {one for one, end in standing.items() if end == subject_id}
    merged = [
        _tie(row, row["from_id"], people)
        for row in list_merges(desk.casework)
        if row["from_id"] in inside and _holds(row, desk.data_day)
    ]
    linked: dict[str, Tie] = {}
    for one in sorted({subject_id, *inside}):
        for row in links_of(desk.casework, one):
            other = row["right_id"] if row["left_id"] == one else row["left_id"]
            tie = _tie(row, other, people)
            if standing.get(other, other) != subject_id:
                linked.setdefault(standing.get(other, other), tie)
    told = desk.snapshot().rows("queries/profile_naming", subject_id=subject_id) if subject_type == "enterprise" else []
    return Ties(_naming(told), _former(told), tuple(merged), tuple(linked[one] for one in sorted(linked)))


def _holds(row: dict[str, Any], day: date) -> bool:
    return row["decided_on"] <= day and (row["undone_on"] is None or row["undone_on"] > day)


def _tie(row: dict[str, Any], other: str, people: dict[str, str]) -> Tie:
    """`other` as it was called when the decision was made."""
    told = row["told"] or {}
    ids = sorted(row[name] for name in (("from_id", "to_id") if "from_id" in row else ("left_id", "right_id")))
    place = ids.index(other)
    named, numbered = (told.get(key) or [None, None] for key in ("names", "numbers"))
    by = people.get(row["decided_by"], row["decided_by"])
    return Tie(other, named[place] or other, numbered[place], by, row["decided_on"], row["evidence"])


def _former(told: list[dict[str, Any]]) -> tuple[str, ...]:
    names = list(dict.fromkeys(row["name"] for row in reversed(told) if row["told_by"] == REGISTER and row["name"]))
    return tuple(names[1 : MOST_NAMES + 1])


def _naming(told: list[dict[str, Any]]) -> tuple[Naming, ...]:
    """First rows of each name and number, the latest first."""
    first: dict[tuple[str, str], Naming] = {}
    for row in told:
        for label, column in _LABELS:
            value = row[column]
            if value and (label, value) not in first:
                since = None if row["since"] <= _ALWAYS else row["since"]
                first[label, value] = Naming(label, value, since, row["told_by"], row["batch_id"], row["row_no"])
    names = [one for one in first.values() if one.label == _LABELS[0][0]]
    numbers = [one for one in first.values() if one.label != _LABELS[0][0]]
    shown = [*(names if len(names) > 1 else ()), *(numbers if len(numbers) > 1 else ())]
    return tuple(sorted(shown, key=lambda one: (one.since or _ALWAYS, one.label, one.value), reverse=True))
