"""Whom did the model have to foresee, on which days, and when was that known? (标签与训练日)

An enterprise is hit on day d when a penalty of 一般 or worse happened in (d, d+180] and was known by d+210 (30 days for the
decision to be reported). So the last day to learn from lies 210 days before the data day, and a test day's model may only
have learned from days whose own 210 days had passed by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

HORIZON_DAYS, KNOWN_DAYS = 180, 210
#: A day needs this much record before it, so that a year can be looked back over.
LOOK_BACK_DAYS = 365


def known_by(day: date) -> date:
    """The day by which the label of `day` counts as known."""
    return day + timedelta(days=KNOWN_DAYS)


def training_days(first_record: date, as_of: date) -> list[date]:
    """The last days of all quarters with a year of record before them and a known label on `as_of`, oldest first."""
    earliest, latest = first_record + timedelta(days=LOOK_BACK_DAYS), as_of - timedelta(days=KNOWN_DAYS)
    return [day for day in _quarter_ends(earliest.year, latest.year) if earliest <= day <= latest]


def fit_days(days: list[date], test: date) -> list[date]:
    """Those of `days` whose label was known on the test day."""
    return [day for day in days if known_by(day) <= test]


def month_before(day: date) -> date:
    """The last day of the month before the one of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def quarter_after(day: date) -> date:
    """The first quarter end after the day."""
    return next(end for end in _quarter_ends(day.year, day.year + 1) if end > day)


def _quarter_ends(first: int, last: int) -> Iterator[date]:
    for year in range(first, last + 1):
        for month, number in ((3, 31), (6, 30), (9, 30), (12, 31)):
            yield date(year, month, number)
