"""Which days does a home's own calendar name, since when, and who said so?

The seeds come with the code; each notice or correction afterwards is one immutable file in `HOME/record/calendar/`, named
after its number and the checksum of its bytes, and it names the file before it: nothing can be changed, left out or put in
between unnoticed. In force on a day are the seeds overlaid by the versions known by it, in their order.

A *notice* speaks for whole years: what was said of them before is replaced. A *correction* sets single days.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from data.errors import BrokenRule
from data.home import Home, write_durably
from data.workdays import FIRST, KINDS, LAST, Calendar, Mark, default_calendar, make_calendar, owner

FORMAT = "xinjian-calendar/1"
#: What a correction may make of a day besides `KINDS`: as its weekday says.
ORDINARY = "ordinary"
_NAME = re.compile(r"(\d{4,})-([0-9a-f]{16})\.json")


@dataclass(frozen=True, slots=True)
class Entry:
    """One day and what it is: `rest`, `makeup` or, in a correction, `ordinary`."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be kept as a version. `years`: those a notice speaks for, none in a correction; `at`: ISO instant in UTC."""

    known_on: date
    at: str
    by: str
    notice: str
    reason: str
    years: tuple[int, ...]
    days: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version; `sha256` of its file."""

    number: int
    sha256: str
    said: Said


@dataclass(frozen=True, slots=True)
class Change:
    """A day that is something else than before; None: as its weekday says."""

    day: date
    before: Mark | None
    after: Mark | None


def versions_of(home: Home) -> list[Version]:
    """Every version of the home, in order.

    Raises
    ------
    BrokenRule
        when a file was changed, is missing in the row, or is none of ours.
    """
    found: list[Version] = []
    for path in sorted(home.calendar.glob("*.json")):
        found.append(_read(home, path, found[-1] if found else None))
    return found


def calendar_of(home: Home | None, as_of: date) -> Calendar:
    """The calendar in force on a day: what was known by its end. Without a home: the seeds. Raises as `versions_of`."""
    versions = versions_of(home) if home else []
    return in_force([one.said for one in versions if one.said.known_on <= as_of])


def in_force(said: Iterable[Said]) -> Calendar:
    """The seeds overlaid in this order."""
    calendar = default_calendar()
    for one in said:
        calendar = overlaid(calendar, one)
    return calendar


def overlaid(calendar: Calendar, said: Said) -> Calendar:
    """A calendar after one more version."""
    marks = {day: mark for day, mark in calendar.marks.items() if mark.of not in said.years}
    for entry in said.days:
        marks.pop(entry.day, None)
        if entry.kind in KINDS:
            marks[entry.day] = Mark(entry.kind, entry.name, owner(entry.day, said.years))
    return make_calendar(marks, calendar.years.union(said.years))


def changes(before: Calendar, after: Calendar) -> list[Change]:
    """The days that are something else, in order. A rest day named on a free weekend counts: it is said otherwise."""
    days = sorted({*before.marks, *after.marks})
    pairs = [Change(day, before.marks.get(day), after.marks.get(day)) for day in days]
    return [one for one in pairs if _kind(one.before) != _kind(one.after)]


def keep_version(home: Home, said: Said) -> Version:
    """Write the next version, whole or not at all. Under the home's lock. Raises as `versions_of`."""
    earlier = versions_of(home)
    number = len(earlier) + 1
    told = {
        "format": FORMAT,
        "number": number,
        "follows": earlier[-1].sha256 if earlier else "",
        **asdict(said),
    }
    content = (json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8")
    sha256 = hashlib.sha256(content).hexdigest()
    home.calendar.mkdir(parents=True, exist_ok=True)
    write_durably(home.calendar / f"{number:04d}-{sha256[:16]}.json", content)
    return Version(number, sha256, said)


def faults(home: Home, recorded: Sequence[tuple[int, str]]) -> tuple[int, list[str]]:
    """How many versions there are or should be, and what is wrong; `recorded`: (number, sha256) in the operation log."""
    paths = sorted(home.calendar.glob("*.json"))
    try:
        kept = {(one.number, one.sha256) for one in versions_of(home)}
    except BrokenRule as error:
        return max(len(paths), len(recorded)), [f"{error.where}：{error.what}"]
    gone = [number for number, sha256 in recorded if (number, sha256) not in kept]
    return max(len(kept), len(recorded)), [f"record/calendar：工作日历第 {number} 版的文件缺失" for number in gone]


def _kind(mark: Mark | None) -> str | None:
    return mark.kind if mark else None


def _read(home: Home, path: Path, before: Version | None) -> Version:
    number = before.number + 1 if before else 1
    named = _NAME.fullmatch(path.name)
    if not named or int(named[1]) != number:
        raise _broken(home, path, f"应当是工作日历的第 {number} 版，却不是")
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256[:16] != named[2]:
        raise _broken(home, path, "工作日历的文件被改动过")
    try:
        told = json.loads(content)
        if told["format"] != FORMAT or told["number"] != number or told["follows"] != (before.sha256 if before else ""):
            raise ValueError
        return Version(number, sha256, _said(told))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _broken(home, path, "工作日历的文件不能用") from None


def _said(told: dict) -> Said:
    days = tuple(Entry(date.fromisoformat(one["day"]), one["kind"], one["name"]) for one in told["days"])
    if any(one.kind not in (*KINDS, ORDINARY) or not FIRST <= one.day <= LAST for one in days):
        raise ValueError
    texts = (told["at"], told["by"], told["notice"], told["reason"])
    return Said(date.fromisoformat(told["known_on"]), *texts, tuple(told["years"]), days)


def _broken(home: Home, path: Path, what: str) -> BrokenRule:
    return BrokenRule(what, path.relative_to(home.root).as_posix(), "请从备份恢复 record/calendar 里的文件")
