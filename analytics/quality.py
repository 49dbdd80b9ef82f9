"""How good is the data that units hand in, month by month: does it pass, is it complete, in time, is anything held back?

Counts come from the snapshot table `quality`; rates are worked out by `quality_rates`. Only what was known on the data day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from statistics import median_low
from typing import Any

from analytics import words
from analytics.counting import FEW
from analytics.desk import Desk
from analytics.indicators import FEWEST_EVENTS, MONTHS
from analytics.months import label_of, month_end, month_start
from analytics.quality_rates import Counts
from data.casework.rights import Person, require, require_scope
from data.completeness import MATTERS
from data.errors import BadArgument
from data.standard import load_standard

#: What a figure can be asked for: 双公示 (许可 and 处罚 together), or one kind.
DOUBLE = "双公示"
KINDS: Mapping[str, tuple[str, ...]] = {DOUBLE: ("行政许可", "行政处罚")} | {each: (each,) for each in MATTERS.values()}
#: Whoever may take lists out of the house may see what they are made of.
PERMISSION = "export"
MOST_WRONG = 8
#: What the names of the filters begin with on the page of rows.
ROWS = "rows_"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures: a month (`2026-09`), a word of `KINDS`, a unit or county or all."""

    month: str
    kind: str = DOUBLE
    unit: str | None = None
    county: str | None = None

    @property
    def first(self) -> date:
        return date.fromisoformat(f"{self.month}-01")

    def address(self, **other: str) -> dict[str, str]:
        """The query part of the address that asks for these figures."""
        told = {"month": self.month, "kind": self.kind, "unit": self.unit, "county": self.county}
        return {name: value for name, value in told.items() if value is not None} | other

    def rows_address(self, what: str) -> dict[str, str]:
        """The query part of the address that lists the rows under `what`: names of its own, since Streamlit drops from a link
        what the page before has bound."""
        return {f"{ROWS}{name}": value for name, value in self.address().items()} | {"what": what}

    def told(self) -> dict[str, str]:
        """The filters in words."""
        place = self.unit or self.county or "全市"
        return {"月份": self.month, "类别": self.kind, "范围": place}


@dataclass(frozen=True, slots=True)
class Correction:
    """How many rejected rows were corrected, and in how many days the middle one; None below 5."""

    count: int
    days: int | None

    @property
    def told(self) -> int | str | None:
        """The days; 样本少 when some were corrected, but too few; None when none was."""
        return self.days if self.days is not None else FEW if self.count else None


@dataclass(frozen=True, slots=True)
class Line:
    """One unit in the table of units."""

    unit: str
    county: str | None
    counts: Counts
    correction: Correction

    @property
    def small(self) -> bool:
        """Too few of everything to be placed among the others."""
        return max(self.counts.reported, self.counts.sent, self.counts.registered) < FEWEST_EVENTS


@dataclass(frozen=True, slots=True)
class Wrong:
    """One reason for which rows were rejected: the rule, the sentence a clerk reads, how many rows."""

    kind: str
    rule: str
    sentence: str
    rows: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one month and scope. `months`: 24 of them, oldest first, the wanted one last."""

    asked: Wanted
    now: Counts
    before: Counts
    before_label: str
    correction: Correction
    correction_before: Correction
    months: tuple[tuple[date, Counts], ...]
    lines: tuple[Line, ...]
    wrong: tuple[Wrong, ...]
    open_month: bool


def wanted(desk: Desk, person: Person, asked: Mapping[str, str]) -> Wanted:
    """The figures an address asks for; without a month the last one before the data day's own.

    Raises
    ------
    BadArgument
        when a filter is no known word, month or unit.
    NotAllowed
        when the role may not, or the county lies outside the person's scope.
    """
    require(desk.casework, person, PERMISSION)
    month = asked.get("month") or label_of(month_start(desk.data_day, 1))
    if not _MONTH.fullmatch(month) or date.fromisoformat(f"{month}-01") > desk.data_day:
        raise BadArgument(f"“{month[:30]}”不是可看的月份", "月份", "请写成 2026-09 这样，不晚于数据截至日")
    county = asked.get("county") or None
    if county is not None:
        _known(county, words.COUNTIES, "县（市、区）")
        require_scope(person, county, "这个筛选")
    county = person.county or county
    unit = asked.get("unit") or None
    if unit is not None:
        _known(unit, units(desk, county), "单位")
    kind = asked.get("kind") or DOUBLE
    _known(kind, tuple(KINDS), "类别")
    return Wanted(month, kind, unit, county)


def units(desk: Desk, county: str | None) -> tuple[str, ...]:
    """The units with any figure, of a county or of all, by name."""
    return tuple(row["unit"] for row in desk.snapshot().rows("queries/quality_units", county=county))


def months_offered(desk: Desk, asked: Wanted) -> tuple[str, ...]:
    """The months a person can choose, the newest first: three years, and the one asked for."""
    near = {label_of(month_start(desk.data_day, back)) for back in range(36)}
    return tuple(sorted({*near, asked.month}, reverse=True))


def quality(desk: Desk, asked: Wanted) -> Quality:
    """Everything the page shows for `asked`, which comes from `wanted`."""
    first, before = asked.first, month_start(asked.first, 1)
    by_month = {row["month"]: Counts.of(row) for row in sums(desk, asked, month_start(first, MONTHS - 1), first, "month")}
    took: dict[date, dict[str, list[int]]] = {before: {}, first: {}}
    for row in corrections(desk, asked, before, first):
        took[row["month"]].setdefault(row["unit"], []).append(row["days"])
    span = [month_start(first, back) for back in reversed(range(MONTHS))]
    return Quality(
        asked=asked,
        now=by_month.get(first, Counts()),
        before=by_month.get(before, Counts()),
        before_label=label_of(before),
        correction=correction_of(list(chain.from_iterable(took[first].values()))),
        correction_before=correction_of(list(chain.from_iterable(took[before].values()))),
        months=tuple((month, by_month.get(month, Counts())) for month in span),
        lines=tuple(ordered(_lines(desk, asked, took[first]))),
        wrong=_wrong(desk, asked),
        open_month=bool(by_month.get(first, Counts()).waiting) or month_end(first) > desk.data_day,
    )


def _lines(desk: Desk, asked: Wanted, took: Mapping[str, list[int]]) -> tuple[Line, ...]:
    """The units of the month; `took`: the days that their corrections took."""
    return tuple(
        Line(row["unit"], row["county"], Counts.of(row), correction_of(took.get(row["unit"], [])))
        for row in sums(desk, asked, asked.first, asked.first, "unit")
    )


def ordered(lines: Iterable[Line], key: str = "timely") -> list[Line]:
    """The worst rate of `key` first; units with small numbers last, by name."""
    return sorted(lines, key=lambda line: _place(line, key))


def sums(desk: Desk, asked: Wanted, since: date, until: date, *by: str) -> list[dict[str, Any]]:
    """The counts between two months, apart by `unit`, `kind` and `month` as named."""
    given = {"since": since, "until": until, **bound(asked)}
    given |= {f"by_{name}": int(name in by) for name in ("unit", "kind", "month")}
    return desk.snapshot().rows("queries/quality_sums", **given)


def corrections(desk: Desk, asked: Wanted, since: date, until: date) -> list[dict[str, Any]]:
    """The corrected rows of these months, each with its unit, kind and days."""
    return desk.snapshot().rows("queries/quality_corrections", since=since, until=until, **bound(asked))


def bound(asked: Wanted) -> dict[str, Any]:
    """The filters as parameters of the queries."""
    return {"kinds": list(KINDS[asked.kind]), "unit": asked.unit, "county": asked.county}


def correction_of(days: list[int]) -> Correction:
    """The count and the lower median of these days."""
    return Correction(len(days), median_low(days) if len(days) >= FEWEST_EVENTS else None)


def _place(line: Line, key: str) -> tuple[bool, float, str]:
    """Where a unit stands: small ones last, then the worst first."""
    rate = line.counts.rate(key)
    if line.small or rate.small:
        return True, float(line.small), line.unit
    share = rate.events / rate.base
    return False, share if rate.indicator.better == "more" else -share, line.unit


def _wrong(desk: Desk, asked: Wanted) -> tuple[Wrong, ...]:
    rows = desk.snapshot().rows("queries/quality_wrong", month=asked.first, most=MOST_WRONG, **bound(asked))
    return tuple(
        Wrong(row["matter_kind"], row["rule"], _sentence(row["matter_kind"], row["rule"], row["field"]), row["rows_of"])
        for row in rows
    )


def _sentence(matter: str, rule: str, field: str | None) -> str:
    """What a rule says of a field, in the words of the standard."""
    standard = load_standard({word: kind for kind, word in MATTERS.items()}[matter])
    titles = {each.name: each.title for each in standard.fields}
    title = titles.get(field or "", "")
    for check in standard.checks:
        if check.rule == rule and field in (None, check.params.get("field")):
            return check.says
    if rule == "required":
        return f"{title}为必填项，没有填"
    return f"{title}填写不合要求" if title else "与同一文件里前面的记录重复" if rule == "SGS-013" else "填写不合要求"


def _known(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise BadArgument(f"没有“{value[:30]}”这个{what}", what, "请从列出的选项里选，或清除条件")
