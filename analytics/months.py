"""Which months are complete, which are still arriving, and what happened in each?

A record is often known weeks after it happened, so the newest months always look calm. A month is *settled* when as many
days have passed since its end as 95 % of the records of the past year needed to come in; only settled months are compared.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.desk import Desk
from analytics.indicators import (
    ARRIVED_SHARE,
    ASSUMED_DAYS,
    COUNTED_SEVERITIES,
    FEWEST_ARRIVALS,
    FOUND_RESULTS,
    MONTHS,
    NOWHERE,
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How long records of one kind need to come in: days, and whether that was measured or assumed."""

    days: int
    measured: bool


@dataclass(frozen=True, slots=True)
class Month:
    """What is known of one month by the data day: penalties 一般 or worse by decision day, checks, checks with a finding.

    `penalties_settled`, `checks_settled`: (nearly) everything of that kind has come in.
    """

    first: date
    penalties: int
    checks: int
    found: int
    penalties_settled: bool
    checks_settled: bool

    @property
    def label(self) -> str:
        return label_of(self.first)

    @property
    def last(self) -> date:
        return month_end(self.first)


def label_of(day: date) -> str:
    """The month of a day as it stands on screen: 2026-11."""
    return f"{day.year:04d}-{day.month:02d}"


def month_start(day: date, back: int = 0) -> date:
    """The first day of the month `back` months before the one of `day`."""
    count = day.year * 12 + day.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def before_this_month(day: date) -> date:
    """The last day of the month before the one of `day`: what 上月末 means."""
    return month_start(day) - timedelta(days=1)


def arrivals(desk: Desk) -> dict[str, Arrival]:
    """Per kind (penalty, inspection), how many days it takes until 95 % of the records are known; by the past year."""
    found = {row["kind"]: row for row in desk.snapshot().rows("queries/cockpit_arrival", share=ARRIVED_SHARE)}
    return {kind: _arrival(found.get(kind)) for kind in ("penalty", "inspection")}


def _arrival(row: dict[str, int] | None) -> Arrival:
    if row is None or row["records"] < FEWEST_ARRIVALS:
        return Arrival(ASSUMED_DAYS, measured=False)
    return Arrival(max(row["days"], 0), measured=True)


def months(desk: Desk, county: str | None, waits: dict[str, Arrival], count: int = MONTHS) -> tuple[Month, ...]:
    """The last `count` months, oldest first, the data day's own month last; months without records are there with 0."""
    as_of = desk.data_day
    first = month_start(as_of, count - 1)
    rows = desk.snapshot().rows(
        "queries/cockpit_months",
        first=first,
        county=county,
        anywhere=int(county is None),
        nowhere=NOWHERE,
        severities=list(COUNTED_SEVERITIES),
        found=list(FOUND_RESULTS),
    )
    told = {row["month"]: row for row in rows}
    return tuple(
        _month(month_start(as_of, back), told.get(month_start(as_of, back), {}), waits, as_of)
        for back in reversed(range(count))
    )


def _month(first: date, row: dict[str, int], waits: dict[str, Arrival], as_of: date) -> Month:
    passed = (as_of - month_end(first)).days
    return Month(
        first=first,
        penalties=row.get("penalties", 0),
        checks=row.get("checks", 0),
        found=row.get("found", 0),
        penalties_settled=passed >= max(waits["penalty"].days, 0),
        checks_settled=passed >= max(waits["inspection"].days, 0),
    )
