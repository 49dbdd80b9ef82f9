"""Can the days of a notice be used, and for which years does it speak? All findings at once; nothing is repaired in silence.

A notice is of a whole year: the seven holidays of 《全国年节及纪念日放假办法》 must be in it. Days of the neighbouring years
belong to it only where a holiday crosses New Year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from data.calendars import Entry
from data.notices.rows import Finding, Row, error, warn
from data.workdays import owner

#: holiday → the first and last day (month, day) it can fall on
HOLIDAYS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "元旦": ((1, 1), (1, 1)),
    "春节": ((1, 20), (2, 21)),
    "清明": ((4, 3), (4, 6)),
    "劳动": ((5, 1), (5, 1)),
    "端午": ((5, 26), (6, 26)),
    "中秋": ((9, 6), (10, 9)),
    "国庆": ((10, 1), (10, 1)),
}
#: Holidays by the moon: within their span another one may lie, so a name decides where there is one.
_BY_NAME = ("春节", "端午", "中秋")
#: A file of a year has at least so many days outside the turn of the year; fewer are a slip in the date.
_FEWEST = 6
FIRST_YEAR, LAST_YEAR = 2000, 2100
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Notice:
    """What was read: the years spoken for, the days in order, the notice's number if the text has it, all findings."""

    years: tuple[int, ...]
    days: tuple[Entry, ...]
    number: str
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """True when nothing keeps it out."""
        return not any(one.severity == "error" for one in self.findings)


def judge(rows: Sequence[Row], number: str, findings: Iterable[Finding] = ()) -> Notice:
    """The notice these rows make, with what was found while they were read."""
    found = list(findings)
    if not rows and not found:
        found.append(error(None, "一天也没有：请粘贴通知的正文，或日期、类型、名称三列的表"))
    years = _years(rows)
    found += _twice(rows)
    found += _outside(rows, years)
    found += [finding for year in years for finding in _year(year, rows, years)]
    if years:
        gaps = pairwise(years)
        missing = [f"{a + 1}" if b == a + 2 else f"{a + 1}–{b - 1}" for a, b in gaps if b > a + 1]
        found += [error(None, f"{gap} 年一行也没有：几年的通知一起登记时，每年都要完整") for gap in missing]
    found += [
        warn(row.line, f"{row.day} 本来就是周{_WEEK[row.day.weekday()]}，不必调休上班：请核对")
        for row in rows
        if row.kind == "makeup" and row.day.weekday() < 5
    ]
    named = {row.day: Entry(row.day, row.kind, row.name) for row in rows}
    order = sorted(set(found), key=lambda one: (one.severity != "error", one.severity != "warn", one.line or 0, one.message))
    return Notice(years, tuple(named[day] for day in sorted(named)), number, tuple(order))


def _years(rows: Sequence[Row]) -> tuple[int, ...]:
    """The years spoken for: those with days away from the turn of the year; one with hardly any beside a full one is a slip."""
    inner = Counter(row.day.year for row in rows if not _at_the_turn(row.day))
    counted = inner or Counter(row.day.year for row in rows)
    full = [year for year, count in counted.items() if count >= _FEWEST]
    return tuple(sorted(full or counted))


def _at_the_turn(day: date) -> bool:
    return (day.month, day.day) >= (12, 25) or (day.month, day.day) <= (1, 7)


def _twice(rows: Sequence[Row]) -> list[Finding]:
    places: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        places[row.day].append(row)
    findings = []
    for day, same in places.items():
        lines = "、".join(str(line) for line in sorted({row.line for row in same}))
        if len({row.kind for row in same}) > 1:
            findings.append(error(same[-1].line, f"{day} 既写放假又写上班（第 {lines} 行）：请核对通知，只留一种"))
        elif len(same) > 1:
            findings.append(error(same[-1].line, f"{day} 写了 {len(same)} 次（第 {lines} 行）：请只留一行"))
    return findings


def _outside(rows: Sequence[Row], years: tuple[int, ...]) -> list[Finding]:
    said = "、".join(map(str, years))
    findings = [error(None, f"{year} 年不合理，只收 {FIRST_YEAR}–{LAST_YEAR} 年") for year in years if not _plausible(year)]
    for row in rows:
        if row.day.year in years:
            continue
        if _at_the_turn(row.day) and owner(row.day, years) in years:
            findings.append(Finding("info", row.line, f"{row.day} 不在 {said} 年内，是元旦前后相连的一天，一并登记"))
        else:
            findings.append(error(row.line, f"{row.day} 不在通知的年份（{said} 年）内，也不与元旦相连：请核对日期"))
    return findings


def _plausible(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _year(year: int, rows: Sequence[Row], years: tuple[int, ...]) -> list[Finding]:
    """What a whole year must have."""
    if not _plausible(year):
        return []
    own = [row for row in rows if owner(row.day, years) == year]
    rest = [row for row in own if row.kind == "rest"]
    missing = [name for name in HOLIDAYS if not _has(name, year, rest)]
    findings = []
    if missing:
        names = "、".join(missing)
        findings.append(error(None, f"{year} 年缺少{names}的放假日：一份通知要写全一年；只改一天请用单日更正"))
    elif all(row.kind == "rest" for row in own):
        findings.append(warn(None, f"{year} 年一个调休上班日也没有：请核对通知"))
    return findings


def _has(name: str, year: int, rest: Sequence[Row]) -> bool:
    first, last = (date(year, *end) for end in HOLIDAYS[name])
    span = {first + timedelta(n) for n in range((last - first).days + 1)}
    if name in _BY_NAME:
        return any(row.day in span and (name in row.name or not row.name) for row in rest)
    return any(row.day in span for row in rest)
