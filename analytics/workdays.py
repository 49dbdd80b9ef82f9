"""Which days are working days, for which years is that certain, and who said so? The calendar as a person reads it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from data.calendars import Version, calendar_of, versions_of
from data.casework import Casework
from data.casework.accounts import list_accounts
from data.clock import day_of
from data.home import Home
from data.synthetic import present_day
from data.workdays import Calendar, default_calendar

#: Kinds of days in words; `work` and `free` are what the weekday says.
KINDS = {"rest": "放假", "makeup": "调休上班", "work": "工作日", "free": "周末", "ordinary": "按周计"}
WEEK = "一二三四五六日"
#: Whose notices the shipped years are.
SHIPPED = "国务院办公厅通知，随程序提供"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month: its kind, and the holiday where a notice names it."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks, Monday first, None outside it; `workdays` in all."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]
    workdays: int


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a year: its spans of rest and its make-up days, in order."""

    name: str
    rest: tuple[tuple[date, date], ...]
    makeup: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Which notice the years `first` to `last` have: its text, who brought it in, known from which day; none: provisional."""

    first: int
    last: int
    certain: bool
    notice: str
    by: str
    known_on: date | None


@dataclass(frozen=True, slots=True)
class Book:
    """The calendar in force on a day, and the versions it came from; `names`: account → the person's name."""

    calendar: Calendar
    versions: tuple[Version, ...]
    today: date
    names: dict[str, str]

    @property
    def years(self) -> tuple[int, ...]:
        """The years a person may look at: those with a notice, and two beyond."""
        last = max(self.calendar.years)
        return tuple(range(min(self.calendar.years), max(last, self.today.year) + 3))

    @property
    def first_year(self) -> int:
        """The year to open at: this one."""
        return min(max(self.today.year, self.years[0]), self.years[-1])


def book_of(home: Home, casework: Casework, now: datetime) -> Book:
    """The home's calendar as it is known today (in a synthetic home: on its data day).

    Raises
    ------
    BrokenRule
        when a version's file is damaged or edited.
    """
    today = present_day(home, day_of(now))
    names = {each["user"]: each["display"] for each in list_accounts(casework)}
    known = tuple(one for one in versions_of(home) if one.said.known_on <= today)
    return Book(calendar_of(home, today), known, today, names)


def months(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def counts(calendar: Calendar, year: int) -> dict[str, int]:
    """How many days of the year are of each kind, and `workdays` in all."""
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    days = [_day(calendar, date(year, 1, 1) + timedelta(n)) for n in range(length)]
    found = {kind: sum(one.kind == kind for one in days) for kind in ("work", "free", "rest", "makeup")}
    return {**found, "workdays": found["work"] + found["makeup"]}


def holidays(calendar: Calendar, year: int) -> list[Holiday]:
    """The holidays of the year's notice in order; days of the neighbouring years that belong to it are among them."""
    named: dict[str, list[Day]] = {}
    for day, mark in calendar.marks.items():
        if mark.of == year:
            named.setdefault(mark.name or "（未写名称）", []).append(Day(day, mark.kind, mark.name))
    found = [
        Holiday(
            name, spans([one.day for one in days if one.kind == "rest"]), tuple(one.day for one in days if one.kind == "makeup")
        )
        for name, days in named.items()
    ]
    return sorted(found, key=lambda one: (one.rest[0][0] if one.rest else one.makeup[0], one.name))


def spans(days: Sequence[date]) -> tuple[tuple[date, date], ...]:
    """Consecutive days as first and last."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == timedelta(1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)


def sources(book: Book) -> list[Source]:
    """Whose notice the years have that a person may look at, newest first; neighbours with the same are one."""
    shipped = default_calendar().years
    found: dict[int, tuple[bool, str, str, date | None]] = {
        year: (year in shipped, SHIPPED if year in shipped else "", "", None) for year in book.years
    }
    for one in book.versions:
        told = (True, one.said.notice or "未写文号", book.names.get(one.said.by, one.said.by), one.said.known_on)
        found |= dict.fromkeys(one.said.years, told)
    joined: list[Source] = []
    for year in sorted(found, reverse=True):
        before = joined[-1] if joined else None
        if before and (before.certain, before.notice, before.by, before.known_on) == found[year] and before.first == year + 1:
            joined[-1] = replace(before, first=year)
        else:
            joined.append(Source(year, year, *found[year]))
    return joined


def _month(calendar: Calendar, year: int, number: int) -> Month:
    first = date(year, number, 1)
    own = [_day(calendar, first + timedelta(n)) for n in range(monthrange(year, number)[1])]
    cells: list[Day | None] = [*[None] * first.weekday(), *own]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
    return Month(number, weeks, sum(one.kind in ("work", "makeup") for one in own))


def _day(calendar: Calendar, day: date) -> Day:
    mark = calendar.marks.get(day)
    if mark:
        return Day(day, mark.kind, mark.name)
    return Day(day, "work" if calendar.is_workday(day) else "free", "")
