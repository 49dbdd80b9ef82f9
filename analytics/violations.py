"""Which violations does the catalogue name, and which of them fit a text and a field? (违法行为目录)

The catalogue comes with the program; it is the same for everybody who may look anything up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from analytics.desk import Desk
from data.casework.rights import Person, require
from data.clock import day_of
from data.policies import load_library
from data.synthetic import present_day
from data.violations import Violation, load_violations

RIGHT = "look_up"
PAGE_SIZE = 20
#: How an item stands whose first day nobody looked up.
VAGUE = "施行日待核"
_MOST_LETTERS = 60
_SOURCED = "sourced"
#: How an item's confidence begins → what is said of it; everything else is held with little confidence.
_CONFIDENCE = {_SOURCED: "部分有出处，其余待核", "knowledge-high": "较有把握，待核"}


@dataclass(frozen=True, slots=True)
class Item:
    """One violation: how it stands on the day, how sure it is, and the document of the library it stands on (or None)."""

    violation: Violation
    state: str
    confidence: str
    sure: bool
    policy_id: str | None

    @property
    def valid(self) -> str:
        """Its validity in words: `2023-07-20 起`, `2011-07-01 至 2021-07-14`, or that its first day is not known."""
        start, end = self.violation.valid_from, self.violation.valid_to
        if start is None:
            return VAGUE if end is None else f"{VAGUE}，至 {end}"
        return f"{start} 至 {end}" if end else f"{start} 起"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One page of the items that fit; `total` counts all that fit, `whole` the catalogue."""

    rows: tuple[Item, ...]
    total: int
    whole: int
    page: int
    pages: int


def sectors() -> tuple[str, ...]:
    """The fields of the catalogue, in its order."""
    return tuple(dict.fromkeys(one.sector for one in load_violations()))


def catalogue(desk: Desk, person: Person, text: str, sector: str | None, page: int, now: datetime) -> Catalogue:
    """The items that hold every word of the text, of one field where one is named; a page beyond the last is the last.

    Raises
    ------
    NotAllowed
        when the role may look nothing up.
    """
    require(desk.casework, person, RIGHT)
    asked = _plain(text[:_MOST_LETTERS]).split()
    fit = [one for one in load_violations() if sector in (None, one.sector) and _holds(one, asked)]
    pages = max(1, -(-len(fit) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    today = present_day(desk.home, day_of(now))
    rows = tuple(_item(one, today) for one in fit[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return Catalogue(rows, len(fit), len(load_violations()), page, pages)


def _holds(one: Violation, asked: Iterable[str]) -> bool:
    told = _plain(" ".join((one.code, one.name, one.citation, one.penalty, one.measures, one.subject)))
    return all(word in told for word in asked)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _item(one: Violation, today: date) -> Item:
    sure = one.confidence == _SOURCED
    told = next((words for begin, words in _CONFIDENCE.items() if one.confidence.startswith(begin)), "把握不大，待核")
    found = load_library().find(one.regulation)
    return Item(one, _state(one, today), "有出处" if sure else told, sure, found.policy_id if found else None)


def _state(one: Violation, today: date) -> str:
    if one.valid_to is not None and one.valid_to < today:
        return "已失效"
    if one.valid_from is None:
        return VAGUE
    return "施行中" if one.valid_from <= today else "尚未施行"
