"""Which documents are our rules' ground, in force or not, what stands on each, and what did every unit do with them? (政策文件)

The library comes with the program; the ledger of the units is casework and shows at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from analytics.desk import Desk
from data.casework.accounts import list_units
from data.casework.policies import PERMISSION, SORTS, standing_entries
from data.casework.rights import Person, require
from data.clock import day_of, local_text
from data.errors import BadArgument, NotFound
from data.policies import GROUPS, Policy, Version, load_library
from data.synthetic import present_day

RIGHT = "look_up"
NAMED, ALL = "通知点名的", "全部"
CHOICES = (NAMED, ALL, *GROUPS)
#: The group whose documents every county must reprint (运交法安函〔2023〕129号 第（一）项).
TOP = GROUPS[0]
COUNTY_BUREAU = "县局"
TEXT_MISSING = "官方原文地址待补"
#: How a document stands whose first day nobody looked up.
VAGUE = "施行日待核"
CONFIDENCE = {
    "sourced": "有出处",
    "knowledge-high": "较有把握，待核",
    "knowledge-medium": "把握不大，待核",
    "unknown": "待查",
}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in words: `state` on the day asked, `sure` False where its days have no source."""

    label: str
    number: str
    effective_from: date | None
    effective_to: date | None
    state: str
    text_url: str
    confidence: str
    dates: str
    sure: bool
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One document in the list: how it stands (`sure`: by days that have a source), how much cites it, what counties did."""

    policy: Policy
    state: str
    sure: bool
    cited: int
    done: dict[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The library in numbers: documents, those cited, those whose days are unsure, and `reprinted` of `top` × `bureaus`."""

    documents: int
    cited: int
    unsure: int
    reprinted: int
    top: int
    bureaus: int


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One thing that a unit did with a document."""

    entry_id: int
    sort: str
    done_on: date
    place: str
    title: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit and what it did with a document, the earliest first; `mine`: the person may enter for it."""

    unit_id: str
    name: str
    kind: str
    entries: tuple[LedgerLine, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """One document with its versions (oldest first), what stands on it, and the ledger of all units."""

    line: Line
    versions: tuple[VersionLine, ...]
    units: tuple[UnitRow, ...]


def shelf(desk: Desk, person: Person, choice: str, now: datetime) -> tuple[Line, ...]:
    """The documents of a choice (`CHOICES`), in order of group.

    Raises
    ------
    NotAllowed
        when the role may look nothing up.
    BadArgument
        when there is no such choice.
    """
    require(desk.casework, person, RIGHT)
    if choice not in CHOICES:
        raise BadArgument(f"没有“{choice[:20]}”这一类文件", "类别", f"可用：{'、'.join(CHOICES)}")
    return tuple(line for line in _lines(desk, now) if choice in (ALL, line.policy.group) or _named(line, choice))


def figures(desk: Desk, person: Person, now: datetime) -> Figures:
    """The library in numbers. Raises as `shelf` does."""
    require(desk.casework, person, RIGHT)
    lines = _lines(desk, now)
    top = [line for line in lines if line.policy.group == TOP]
    return Figures(
        documents=len(lines),
        cited=sum(line.cited > 0 for line in lines),
        unsure=sum(not line.sure for line in lines),
        reprinted=sum(line.done["reprinted"] for line in top),
        top=len(top),
        bureaus=sum(unit["kind"] == COUNTY_BUREAU for unit in list_units(desk.casework)),
    )


def detail(desk: Desk, person: Person, policy_id: str, now: datetime) -> Detail:
    """One document. Raises NotFound when there is none, and as `shelf` does."""
    require(desk.casework, person, RIGHT)
    policy = policy_of(policy_id)
    today = present_day(desk.home, day_of(now))
    held = standing_entries(desk.casework, policy.policy_id)
    rows = []
    for unit in list_units(desk.casework):
        mine = person.may(PERMISSION) and person.in_scope(unit["county"])
        entries = tuple(_ledger_line(row) for row in held if row["unit_id"] == unit["unit_id"])
        rows.append(UnitRow(unit["unit_id"], unit["name"], unit["kind"], entries, mine))
    versions = tuple(_version(version, today) for version in policy.versions)
    return Detail(_line(policy, today, _done(desk)), versions, tuple(rows))


def policy_of(policy_id: str) -> Policy:
    """The document of that id. Raises NotFound, BrokenRule."""
    found = load_library().find(policy_id)
    if found is None:
        raise NotFound(f"文件库里没有“{policy_id[:40]}”", "政策文件", "请从清单里选")
    return found


def _lines(desk: Desk, now: datetime) -> list[Line]:
    today, done = present_day(desk.home, day_of(now)), _done(desk)
    return [_line(policy, today, done) for policy in load_library().policies]


def _named(line: Line, choice: str) -> bool:
    return choice == NAMED and bool(line.policy.named_in)


def _line(policy: Policy, today: date, done: Counter[tuple[str, str]]) -> Line:
    cited = len({(one.sort, one.citer) for one in policy.standings}) + bool(policy.violations)
    now = _present(policy, today)
    return Line(policy, _word(now, today), now.dates == "sourced", cited, {one: done[policy.policy_id, one] for one in SORTS})


def _done(desk: Desk) -> Counter[tuple[str, str]]:
    """(document, sort) → how many county bureaus did it."""
    kinds = {unit["unit_id"]: unit["kind"] for unit in list_units(desk.casework)}
    rows = {(row["policy"], row["sort"], row["unit_id"]) for row in standing_entries(desk.casework)}
    return Counter((policy, sort) for policy, sort, unit_id in rows if kinds[unit_id] == COUNTY_BUREAU)


def _present(policy: Policy, today: date) -> Version:
    """The latest version that stands, else the latest of all."""
    standing = [version for version in policy.versions if version.covers(today)]
    return (standing or list(policy.versions))[-1]


def _word(version: Version, today: date) -> str:
    if version.covers(today):
        return "施行中"
    if version.effective_to is not None and version.effective_to < today:
        return "已失效"
    return VAGUE if version.effective_from is None else "尚未施行"


def _version(version: Version, today: date) -> VersionLine:
    return VersionLine(
        label=version.label, number=version.number, effective_from=version.effective_from,
        effective_to=version.effective_to, state=_word(version, today), text_url=version.text_url,
        confidence=CONFIDENCE[version.confidence], dates=CONFIDENCE[version.dates], sure=version.dates == "sourced",
        note=version.note,
    )  # fmt: skip


def _ledger_line(row: dict[str, Any]) -> LedgerLine:
    title = f"《{row['title']}》" + (f"（{row['number']}）" if row["number"] else "") if row["title"] else ""
    return LedgerLine(
        row["entry_id"], row["sort"], row["done_on"], row["place"], title, row["by"], local_text(row["entered_at"])
    )
