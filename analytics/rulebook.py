"""Which rules does the product have, how does each stand today, what does it rest on, and when was it last used? (规则库)

The rules come with the program; what a warning rule holds now is counted in the snapshot and in the casework, each within the
person's own county.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from analytics import words
from analytics.desk import Desk
from analytics.edition import Edition, Entry, Step, Table
from analytics.rule_editions import SCHEMES, SORTS, TERMS, WARNING, entries
from data.casework.folding import LIVE
from data.casework.rights import Person, require
from data.casework.waiting import tallies
from data.clock import day_of
from data.errors import NotFound
from data.policies import load_library
from data.synthetic import present_day
from data.violations import load_violations

__all__ = ["SCHEMES", "SORTS", "TERMS", "WARNING", "Edition", "Entry", "Step", "Table", "chapter", "figures", "shelf"]

RIGHT = "look_up"
QUEUE = "see_queue"
#: rule that is no warning rule → the page that works with it, and what it decides there
SERVES = {
    "severity": ("", "每次更新时，给没有载明违法情节的处罚定严重程度"),
    "repair": ("lookup", "一户式档案里每件处罚何时起可申请修复、何时应撤下"),
    "listing": ("listings", "严重失信认定线索：谁的记录够得上，供人判定"),
    "reporting-duty": ("reporting", "信息报送的期限、撤下的期限和不予公示"),
    "model-training": ("model", "训练风险模型（train）时从哪些处罚学"),
    "model-watch": ("model", "回看（backtest）和模型的监测：检查能力、漂移、陈旧、组间差距"),
    "number-gaps": ("quality", "数据质量里的文书号疑似断号"),
    "risk-classes": ("explore", "风险排查和一户式档案里的风险提示"),
}
#: Where every scheme serves.
GRADES = ("evaluation", "试算：每次更新把对象评一遍，一户的评分表当场算")


@dataclass(frozen=True, slots=True)
class Use:
    """What a warning rule holds: conditions of the snapshot of `as_of` and live warnings, by level, the gravest first."""

    as_of: date
    held: dict[str, int]
    live: dict[str, int]

    @property
    def conditions(self) -> int:
        """How many subjects it speaks of."""
        return sum(self.held.values())

    @property
    def warnings(self) -> int:
        """How many of its warnings are live."""
        return sum(self.live.values())


@dataclass(frozen=True, slots=True)
class Line:
    """One rule in the list: the edition of today (else the latest), how that stands; `use` None where it is not to be told."""

    entry: Entry
    present: Edition
    state: str
    use: Use | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One rule: its editions with how each stands (the oldest first), where it serves, the documents of the library it cites.

    `serves`: the address of the page that works with it ("" for none) and what it decides there; None for a warning rule.
    """

    line: Line
    editions: tuple[tuple[str, Edition], ...]
    serves: tuple[str, str] | None
    documents: tuple[tuple[str, str], ...]
    why_untold: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The rulebook in numbers: rules of each sort, those of which something is open, and the items of the catalogue."""

    sorts: dict[str, int]
    open: int
    violations: int


def shelf(desk: Desk, person: Person, now: datetime) -> tuple[Line, ...]:
    """All rules in the order of `SORTS`.

    Raises
    ------
    NotAllowed
        when the role may look nothing up.
    """
    require(desk.casework, person, RIGHT)
    today, used = present_day(desk.home, day_of(now)), _uses(desk, person)
    return tuple(_line(entry, today, used) for entry in entries())


def figures(lines: tuple[Line, ...]) -> Figures:
    """The rulebook in numbers."""
    counted = Counter(line.entry.sort for line in lines)
    return Figures({sort: counted[sort] for sort in SORTS}, sum(line.present.open for line in lines), len(load_violations()))


def chapter(desk: Desk, person: Person, rule_id: str, now: datetime) -> Chapter | None:
    """One rule; None when there is no such rule. Raises as `shelf` does."""
    require(desk.casework, person, RIGHT)
    entry = next((one for one in entries() if one.rule_id == rule_id), None)
    if entry is None:
        return None
    today = present_day(desk.home, day_of(now))
    line = _line(entry, today, _uses(desk, person))
    untold = "还没有发布过数据" if person.may(QUEUE) else "预警的数由能看预警清单的岗位查看"
    serves = None if entry.sort == WARNING else SERVES.get(rule_id, GRADES)
    editions = tuple((one.state(today), one) for one in entry.editions)
    return Chapter(line, editions, serves, _documents(rule_id), untold)


def _line(entry: Entry, today: date, used: dict[str, Use] | None) -> Line:
    standing = [one for one in entry.editions if one.state(today) == "施行中"]
    present = (standing or list(entry.editions))[-1]
    use = used.get(entry.rule_id) if used is not None and entry.sort == WARNING else None
    return Line(entry, present, present.state(today), use)


def _uses(desk: Desk, person: Person) -> dict[str, Use] | None:
    """Rule → what it holds, within the person's county; None where the person has no queue or nothing was published yet."""
    if not person.may(QUEUE):
        return None
    try:
        snapshot = desk.snapshot()
    except NotFound:
        return None
    held = {
        (row["rule_id"], row["level"]): row["conditions"]
        for row in snapshot.rows("queries/condition_counts", county=person.county)
    }
    live: Counter[tuple[str, str]] = Counter()
    for one in tallies(desk.casework, person.county, LIVE, None):
        live[one.rule_id, one.level] += one.warnings
    return {
        entry.rule_id: Use(
            snapshot.as_of,
            {level: held.get((entry.rule_id, level), 0) for level in words.LEVELS},
            {level: live[entry.rule_id, level] for level in words.LEVELS},
        )
        for entry in entries()
        if entry.sort == WARNING
    }


def _documents(rule_id: str) -> tuple[tuple[str, str], ...]:
    """(id, title) of the documents of the library that the rule's file cites."""
    citing = (one for one in load_library().policies if any(_cites(each.sort, each.citer, rule_id) for each in one.standings))
    return tuple((one.policy_id, one.title) for one in citing)


def _cites(sort: str, citer: str, rule_id: str) -> bool:
    return (sort, citer) == ("规则", rule_id)
