"""Which day is n working days after another, make-up days counted?

Source: the State Council's holiday notices, one row per exceptional day in `data/seeds/workdays.csv`. The day a period
begins on is not counted (民法典 art. 201) and "7 日以内" periods of administrative penalty law are working days
(行政处罚法 2021 art. 85), so day 1 is the first working day after the given day.
A year without a notice is *provisional*: only its weekends are known. `lend_workdays` gives SQL the same calendar.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from data.errors import BadArgument, BrokenRule
from data.identity import digest

if TYPE_CHECKING:
    import duckdb

SEED = Path(__file__).resolve().parent / "seeds" / "workdays.csv"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
KINDS = ("rest", "makeup")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a notice says of one day: `rest` or `makeup`, for which holiday, and the year (`of`) whose notice it is."""

    kind: str
    name: str
    of: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days from 1900 to 2199. `ordinal[i]` = working days up to and including day `FIRST + i`.

    `years` have a notice; `marks` are the days it names.
    """

    ordinal: np.ndarray
    workdays: np.ndarray
    years: frozenset[int]
    marks: Mapping[date, Mark]

    @property
    def digest(self) -> str:
        """16 hex digits over what is counted: the days that are not what their weekday says, and the years with a notice."""
        unusual = [day for day, mark in sorted(self.marks.items()) if (mark.kind == "makeup") == (day.weekday() > 4)]
        return digest(";".join(map(str, unusual)), ";".join(map(str, sorted(self.years))))

    def is_workday(self, day: date) -> bool:
        """Is this a working day, by notice where there is one, else Monday to Friday?"""
        at = _offset(day)
        return bool(self.ordinal[at] > (self.ordinal[at - 1] if at else 0))


def read_calendar(*paths: Path) -> Calendar:
    """The calendar of one or more files `day,kind,name`; a day named again by a later file takes the later kind.

    Raises
    ------
    BrokenRule
        for a row that is no day, or a kind other than `rest` and `makeup`.
    """
    named: dict[date, tuple[str, str]] = {}
    for path in paths:
        named |= _read(path)
    years = frozenset(day.year for day in named)
    return make_calendar({day: Mark(kind, name, owner(day, years)) for day, (kind, name) in named.items()}, years)


def make_calendar(marks: Mapping[date, Mark], years: Collection[int]) -> Calendar:
    """The calendar in which these days are marked, all others go by their weekday, and these years have a notice."""
    days = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + 1)
    weekday = (days.astype("int64") + 3) % 7  # 1970-01-01 was a Thursday
    working = weekday < 5
    for day, mark in marks.items():
        working[_offset(day)] = mark.kind == "makeup"
    return Calendar(np.cumsum(working).astype("int64"), days[working], frozenset(years), dict(sorted(marks.items())))


def owner(day: date, years: Collection[int]) -> int:
    """Which year's notice names this day: the end of December belongs to the New Year that follows, where that is announced."""
    if day.month == 12 and day.year + 1 in years:
        return day.year + 1
    return day.year - 1 if day.year not in years and day.month == 1 and day.year - 1 in years else day.year


@lru_cache(maxsize=1)
def default_calendar() -> Calendar:
    """The calendar shipped with the code."""
    return read_calendar(SEED)


def add_workdays(day: date, n: int, calendar: Calendar | None = None) -> tuple[date, bool]:
    """The n-th working day after `day`, and whether it is provisional (a counted day lies in a year without a notice).

    Raises
    ------
    BadArgument
        when n < 1, or the answer lies outside 1900–2199.
    """
    book = calendar or default_calendar()
    if n < 1:
        raise BadArgument(f"工作日数 {n} 不能用", "--days", "请给出 1 或更大的整数")
    target = int(book.ordinal[_offset(day)]) + n - 1
    if target >= len(book.workdays):
        raise BadArgument(f"{day} 之后 {n} 个工作日超出日历", f"{FIRST.year}–{LAST.year} 年", "请给出较早的日期或较少的天数")
    end: date = book.workdays[target].item()
    first_counted = np.datetime64(day) + 1
    years = range(first_counted.item().year, end.year + 1)
    return end, not book.years.issuperset(years)


def add_workdays_to(days: np.ndarray, n: int, calendar: Calendar | None = None) -> np.ndarray:
    """`add_workdays` for an array of `datetime64[D]` without missing values; shape and order kept, no loop.

    Raises
    ------
    BadArgument
        when n < 1, or a day or an answer lies outside 1900–2199.
    """
    book = calendar or default_calendar()
    at = days.astype("datetime64[D]").astype("int64") - np.datetime64(FIRST).astype("int64")
    if n < 1 or (at.size and (at.min() < 0 or at.max() >= len(book.ordinal))):
        raise BadArgument("日期或工作日数超出日历", f"{FIRST.year}–{LAST.year} 年", "请检查日期")
    target = book.ordinal[at] + n - 1
    if target.size and target.max() >= len(book.workdays):
        raise BadArgument("截止日超出日历", f"{FIRST.year}–{LAST.year} 年", "请检查日期")
    return book.workdays[target]


def workday_table(calendar: Calendar | None = None) -> pa.Table:
    """One row per day 1900–2199: `day` date32, `ordinal` and `provisional_days` int64, `is_workday` and `provisional` bool.

    The n-th working day after `d` is the working day whose ordinal is `ordinal(d) + n`; it is provisional when a day after
    `d`, up to and including it, lies in a year without a notice, that is when `provisional_days` (such days so far) grew.
    `clock/due_day` is this join. Between a day and a deadline lie `ordinal(deadline) - ordinal(day)` working days.
    """
    book = calendar or default_calendar()
    days = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + 1)
    works = np.diff(book.ordinal, prepend=0) == 1
    unknown = ~np.isin(days.astype("datetime64[Y]").astype("int64") + 1970, sorted(book.years))
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "ordinal": pa.array(book.ordinal),
            "is_workday": pa.array(works),
            "provisional": pa.array(unknown),
            "provisional_days": pa.array(np.cumsum(unknown).astype("int64")),
        }
    )


def lend_workdays(con: duckdb.DuckDBPyConnection, calendar: Calendar) -> None:
    """Give a connection the calendar as the table `workday`, for as long as it is open; nothing is written."""
    con.register("workday", workday_table(calendar))


def _read(path: Path) -> dict[date, tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        found = {}
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                day = date.fromisoformat(row.get("day") or "")
            except ValueError:
                raise BrokenRule("日历里有一行不是日期", f"{path.name} 第 {number} 行", "请写成 2026-10-10 的样子") from None
            if row.get("kind") not in KINDS or not FIRST <= day <= LAST:
                raise BrokenRule("日历里有一行不能用", f"{path.name} 第 {number} 行", "kind 只能是 rest 或 makeup") from None
            found[day] = (row["kind"], row.get("name") or "")
    return found


def _offset(day: date) -> int:
    if not FIRST <= day <= LAST:
        raise BadArgument(f"{day} 不在日历内", f"{FIRST.year}–{LAST.year} 年", "请检查日期")
    return (day - FIRST).days


def workdays_after(first: date, last: date, calendar: Calendar | None = None) -> int:
    """How many working days lie after `first` up to and with `last`; 0 when `last` is not later."""
    book = calendar or default_calendar()
    return max(0, int(book.ordinal[_offset(last)]) - int(book.ordinal[_offset(first)]))
