"""Which day is n working days after another, make-up days counted?

Source: the State Council's holiday notices, one row per exceptional day in `data/seeds/workdays.csv`. The day a period
begins on is not counted (民法典 art. 201) and "7 日以内" periods of administrative penalty law are working days
(行政处罚法 2021 art. 85), so day 1 is the first working day after the given day.
A year without a notice is *provisional*: only its weekends are known.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.errors import BadArgument, BrokenRule

SEED = Path(__file__).resolve().parent / "seeds" / "workdays.csv"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
KINDS = ("rest", "makeup")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days from 1900 to 2199. `ordinal[i]` = working days up to and including day `FIRST + i`."""

    ordinal: np.ndarray
    workdays: np.ndarray
    years: frozenset[int]

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
    marked: dict[date, bool] = {}
    for path in paths:
        marked |= _read(path)
    days = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + 1)
    weekday = (days.astype("int64") + 3) % 7  # 1970-01-01 was a Thursday
    working = weekday < 5
    for day, works in marked.items():
        working[_offset(day)] = works
    return Calendar(np.cumsum(working).astype("int64"), days[working], frozenset(day.year for day in marked))


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
    """One row per day 1900–2199: `day` date32, `ordinal` int64, `is_workday` bool.

    The n-th working day after `d` is the working day whose ordinal is `ordinal(d) + n`, e.g. the day a decision is
    taken as known under `land --backfill`: join `known.ordinal = decided.ordinal + 7 and known.is_workday`.
    """
    book = calendar or default_calendar()
    days = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + 1)
    works = np.diff(book.ordinal, prepend=0) == 1
    return pa.table({"day": pa.array(days, pa.date32()), "ordinal": pa.array(book.ordinal), "is_workday": pa.array(works)})


def _read(path: Path) -> dict[date, bool]:
    with path.open(encoding="utf-8", newline="") as lines:
        found = {}
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                day = date.fromisoformat(row.get("day") or "")
            except ValueError:
                raise BrokenRule("日历里有一行不是日期", f"{path.name} 第 {number} 行", "请写成 2026-10-10 的样子") from None
            if row.get("kind") not in KINDS or not FIRST <= day <= LAST:
                raise BrokenRule("日历里有一行不能用", f"{path.name} 第 {number} 行", "kind 只能是 rest 或 makeup") from None
            found[day] = row["kind"] == "makeup"
    return found


def _offset(day: date) -> int:
    if not FIRST <= day <= LAST:
        raise BadArgument(f"{day} 不在日历内", f"{FIRST.year}–{LAST.year} 年", "请检查日期")
    return (day - FIRST).days


def workdays_after(first: date, last: date, calendar: Calendar | None = None) -> int:
    """How many working days lie after `first` up to and with `last`; 0 when `last` is not later."""
    book = calendar or default_calendar()
    return max(0, int(book.ordinal[_offset(last)]) - int(book.ordinal[_offset(first)]))
