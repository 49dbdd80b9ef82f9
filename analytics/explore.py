"""Which enterprises deserve a look first: filtered, ranked, shared out over counties or sectors?

Reads the snapshot's `standing` (one row per registered enterprise in business on the data day). Scope: a county account asks
about its own county and nothing else. Every answer is of one snapshot; filters are bound values, orders come from `ORDERS`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from analytics import words
from analytics.counting import rate
from analytics.desk import Desk
from analytics.indicators import FEWEST_EVENTS
from data.casework.rights import Person, require, require_scope
from data.errors import BadArgument

PAGE_SIZE = 25
MOST_PER_PAGE = 50

#: order in words → its name in `queries/explore_page`
ORDERS = {"风险由高到低": "risk", "较上月上升": "rise", "12 个月处罚次数": "penalties", "检查发现率": "findings"}
#: fleet size in words → from, to (both inclusive)
FLEETS: dict[str, tuple[int, int | None]] = {
    "没有车辆": (0, 0), "1–9 辆": (1, 9), "10–49 辆": (10, 49), "50 辆及以上": (50, None),
}  # fmt: skip
WARNED = {"有未结预警": True, "没有未结预警": False}
#: the official grade of who has none in the scheme
NO_GRADE = "没有等级"
#: what a distribution is taken over
PARTS = {"县（市、区）": "county", "行业": "sector"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which enterprises: None lets all pass; `fleet` and `warned` are words of `FLEETS` and `WARNED`.

    `grade`: the newest official grade in `scheme`, or `NO_GRADE`; it needs the scheme, for words mean nothing without it.
    """

    county: str | None = None
    sector: str | None = None
    fleet: str | None = None
    risk_class: str | None = None
    recommendation: str | None = None
    warned: str | None = None
    scheme: str | None = None
    grade: str | None = None

    @property
    def official(self) -> str | None:
        """The official grade asked for, with its scheme; None when any will do."""
        return f"{self.scheme} {self.grade}" if self.scheme and self.grade else None

    def told(self) -> list[tuple[str, str]]:
        """The filters that are set, each with its label."""
        labels = ("县（市、区）", "行业", "车辆规模", "风险提示", "检查建议", "预警", "官方等级")
        values = (self.county, self.sector, self.fleet, self.risk_class, self.recommendation, self.warned, self.official)
        return [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one enterprise stands. `rise`: points gained since the earlier day; `warnings`: also of vehicles and people."""

    subject_id: str
    name: str
    uscc: str | None
    county: str | None
    sector: str | None
    peer_group: str
    risk_class: str
    class_before: str | None
    rise: int | None
    thin_reason: str | None
    peer_rank: int | None
    peer_size: int | None
    probability: Decimal | None
    band_low: Decimal | None
    band_high: Decimal | None
    band_events: int | None
    band_size: int | None
    recommendation: str
    because: str
    vehicles: int
    staff: int
    checks_365: int
    findings_365: int
    checks_730: int
    findings_730: int
    penalties_365: int
    ordinary_365: int
    overloads_365: int
    days_since_check: int | None
    warnings: int
    worst_level: str | None

    @property
    def rank(self) -> str:
        """Place among its peers in words; empty when it was not ranked."""
        return f"第 {self.peer_rank:,} / {self.peer_size:,} 位" if self.peer_rank and self.peer_size else ""

    @property
    def finding_share(self) -> str:
        """Share of the checks of two years that found something, with its counts; 样本少 below five findings."""
        if not self.checks_730:
            return "没有检查"
        return f"{rate(self.findings_730, self.checks_730)}，{self.findings_730:,}/{self.checks_730:,}"

    @property
    def change(self) -> str:
        """What became of it since the earlier day scored, in words."""
        if self.class_before is None:
            return "首次评定"
        if self.class_before != self.risk_class:
            return f"{self.class_before} → {self.risk_class}"
        if self.rise is None:
            return f"仍{self.risk_class}"
        return "上升" if self.rise > 0 else "下降" if self.rise < 0 else "持平"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of enterprises; `classes` counts all that fit the other filters, by risk class, the gravest first."""

    rows: tuple[Standing, ...]
    total: int
    page: int
    pages: int
    classes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """How many enterprises of each risk class one county or sector has."""

    part: str
    classes: dict[str, int]

    @property
    def size(self) -> int:
        """All of them."""
        return sum(self.classes.values())

    @property
    def high(self) -> int:
        """Those of the two gravest classes."""
        return sum(self.classes.get(each, 0) for each in words.HIGH_RISK)


@dataclass(frozen=True, slots=True)
class Model:
    """The model behind the risk of a snapshot, and the last day it learnt from."""

    model_id: str
    trained_to: date


def explore(
    desk: Desk, person: Person, filters: Filters, order: str = "风险由高到低", page: int = 1, page_size: int = PAGE_SIZE
) -> Listing:
    """The enterprises of the person's scope that fit, in the asked order; a page beyond the last is the last.

    Raises
    ------
    NotAllowed
        when the role may not explore, or the county lies outside the person's scope.
    BadArgument
        when a filter or the order is no known word.
    """
    asked = scoped(desk, person, filters)
    size = min(max(page_size, 1), MOST_PER_PAGE)
    classes = _classes(desk, asked)
    total = sum(classes.values()) if asked.risk_class is None else classes.get(asked.risk_class, 0)
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    rows = standings(desk, asked, order, size, (page - 1) * size) if total else []
    return Listing(tuple(rows), total, page, pages, classes)


def shares(desk: Desk, person: Person, filters: Filters, part: str) -> list[Share]:
    """The risk classes of each county or sector (`PARTS`), the one with the largest share of high risk first.

    Raises as `explore` does.
    """
    asked = scoped(desk, person, filters)
    found: dict[str, dict[str, int]] = {}
    for row in desk.snapshot().rows("queries/explore_shares", part=_known(PARTS, part, "分布"), **bound(asked)):
        found.setdefault(row["part"] or "不详", {})[row["risk_class"]] = row["enterprises"]
    listed = [Share(name, classes) for name, classes in found.items()]
    return sorted(listed, key=lambda one: (-one.high / one.size, -one.size, one.part))


def sectors(desk: Desk) -> list[str]:
    """The sectors of the register, the largest first."""
    return [row["sector"] for row in desk.snapshot().rows("queries/explore_sectors")]


def model_of(desk: Desk) -> Model | None:
    """The approved model that judged this snapshot; None without one."""
    rows = desk.snapshot().rows("queries/risk_model")
    return Model(rows[0]["model_id"], rows[0]["trained_to"]) if rows else None


def scoped(desk: Desk, person: Person, filters: Filters) -> Filters:
    """The filters as far as this person may ask, checked; a county account's county is always its own. Raises as `explore`."""
    require(desk.casework, person, "explore")
    for table, value, label in (
        (words.COUNTIES, filters.county, "县（市、区）"),
        (FLEETS, filters.fleet, "车辆规模"),
        (words.RISK_CLASSES, filters.risk_class, "风险提示"),
        (words.ADVICE, filters.recommendation, "检查建议"),
        (WARNED, filters.warned, "预警"),
    ):
        _check(table, value, label)
    if filters.county is not None:
        require_scope(person, filters.county, "这个筛选")
    return filters if person.city_wide else replace(filters, county=person.county)


def standings(desk: Desk, filters: Filters, order: str, size: int, first: int, ids: list[str] | None = None) -> list[Standing]:
    """The rows behind a page or an export; `filters` come from `scoped`."""
    rows = desk.snapshot().rows(
        "queries/explore_page", by=_known(ORDERS, order, "排序"), enough=FEWEST_EVENTS, ids=ids, page_size=size, first=first,
        **bound(filters), risk_class=filters.risk_class,
    )  # fmt: skip
    return [_standing(row) for row in rows]


def bound(filters: Filters) -> dict[str, Any]:
    """The filters but for the risk class, as the values of `steps/explored`; `filters` come from `scoped`."""
    graded = filters.grade is not None and filters.scheme is not None
    fleet = FLEETS[filters.fleet] if filters.fleet else (None, None)
    return {
        "county": filters.county,
        "sector": filters.sector,
        "fleet_from": fleet[0],
        "fleet_to": fleet[1],
        "recommendation": filters.recommendation,
        "warned": None if filters.warned is None else WARNED[filters.warned],
        "scheme": filters.scheme if graded else None,
        "grade": filters.grade if graded else None,
        "none": NO_GRADE,
    }


def _classes(desk: Desk, filters: Filters) -> dict[str, int]:
    found = dict.fromkeys(words.RISK_CLASSES, 0)
    for row in desk.snapshot().rows("queries/explore_shares", part="county", **bound(filters)):
        found[row["risk_class"]] += row["enterprises"]
    return found


def _known(table: dict[str, str], word: str, label: str) -> str:
    _check(table, word, label)
    return table[word]


def _check(table: Collection[str], word: str | None, label: str) -> None:
    if word is not None and word not in table:
        raise BadArgument(f"“{word[:40]}”不是可选的{label}", label, f"可用：{'、'.join(table)}")


def _standing(row: dict[str, Any]) -> Standing:
    return Standing(
        **{
            **{name: row[name] for name in Standing.__dataclass_fields__},
            "name": row["name"] or row["subject_id"],
            "recommendation": row["recommendation"] or words.NO_EVIDENCE,
            "because": row["because"] or "",
        }
    )
