"""What would a new notice or a correction change: which days, and the reporting deadlines of which records?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics import words
from data.calendars import Change, Said, changes, overlaid
from data.notices import Finding, Notice
from data.store import Snapshot
from data.workdays import Calendar, Mark, add_workdays

__all__ = ["Changed", "Finding", "Moved", "Preview", "of_notice", "preview"]

#: Both 双公示 and the five kinds are to be reported within so many working days.
REPORTING_DAYS = 7
#: No deadline of seven working days lies further from its decision than this.
_REACH = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Moved:
    """The records of one kind decided on one day, whose deadline would be another, or would become certain or provisional."""

    kind_zh: str
    decided_on: date
    records: int
    before: date
    before_provisional: bool
    after: date
    after_provisional: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """Days one after the other that change alike: kind and holiday before and after; "" where only the weekday speaks."""

    first: date
    last: date
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen. `based_on`: the digest of the calendar in force; `settled`: years that get their first notice."""

    based_on: str
    said: Said
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    settled: tuple[int, ...]
    moved: tuple[Moved, ...]

    @property
    def usable(self) -> bool:
        """True when nothing keeps it out."""
        return not any(one.severity == "error" for one in self.findings)

    @property
    def nothing_new(self) -> bool:
        """True when the calendar in force says all this already."""
        return not self.changes and not self.settled

    @property
    def spans(self) -> list[Changed]:
        """The changes in as few lines as can be."""
        joined: list[Changed] = []
        for one in self.changes:
            now = Changed(one.day, one.day, _told(one.before), _told(one.after))
            last = joined[-1] if joined else None
            if last and (last.before, last.after, last.last) == (now.before, now.after, now.first - timedelta(days=1)):
                joined[-1] = replace(last, last=now.last)
            else:
                joined.append(now)
        return joined


def preview(calendar: Calendar, said: Said, findings: Sequence[Finding], snapshot: Snapshot | None) -> Preview:
    """What the calendar in force would become; without a snapshot no records are asked."""
    after = overlaid(calendar, said)
    found, settled = changes(calendar, after), tuple(sorted(after.years - calendar.years))
    moved = _moved(calendar, after, found, settled, snapshot) if snapshot else ()
    return Preview(calendar.digest, said, (*findings, *_gaps(after, settled)), tuple(found), settled, moved)


def of_notice(notice: Notice, number: str, known_on: date, at: str, by: str) -> Said:
    """A notice as it would be kept; its own text tells the number where none is given."""
    return Said(known_on, at, by, number or notice.number, "", notice.years, notice.days)


def _told(mark: Mark | None) -> tuple[str, str]:
    return (mark.kind, mark.name) if mark else ("", "")


def _gaps(after: Calendar, settled: tuple[int, ...]) -> list[Finding]:
    """Years between known ones that still have no notice."""
    missing = [year for year in range(min(after.years), max(after.years)) if year not in after.years]
    if not settled or not missing:
        return []
    named = f"{missing[0]}" if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
    return [Finding("warn", None, f"{named} 年仍没有通知，跨到该年的截止日仍是暂定")]


def _moved(
    before: Calendar, after: Calendar, found: Sequence[Change], settled: Sequence[int], snapshot: Snapshot
) -> tuple[Moved, ...]:
    touched = [one.day for one in found] + [date(year, 1, 1) for year in settled]
    if not touched:
        return ()
    moved = []
    for row in snapshot.rows("queries/decision_days", since=min(touched) - _REACH):
        old, new = (add_workdays(row["day"], REPORTING_DAYS, one) for one in (before, after))
        if old != new:
            moved.append(Moved(words.KINDS[row["kind"]], row["day"], row["records"], *old, *new))
    return tuple(moved)
