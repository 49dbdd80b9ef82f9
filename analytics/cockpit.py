"""How does the city, or one county, stand today, what got worse since the end of last month and why?

Everything of the snapshot is a function of its day and is the same for everybody of one scope, so it may be kept by build
id; the warnings are counted afresh from the casework, because a decision shows at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import words
from analytics.desk import Desk
from analytics.indicators import (
    COUNTED_SEVERITIES,
    FOUND_RESULTS,
    HIGH,
    INDICATORS,
    NOWHERE,
    RISK_CLASSES,
    YEAR,
    arrival_method,
)
from analytics.months import Arrival, Month, arrivals, before_this_month, month_start, months
from analytics.records import HIGH_ONES, RISEN, RecordsPage, Row, Wanted, page_of
from data.casework.accounts import list_accounts
from models.features import load_features

WORST, WORSENED, MOST_RISES, MOST_CAUSES, MOST_REASONS = 10, 8, 3, 3, 2


@dataclass(frozen=True, slots=True)
class Place:
    """One county, or one sector: enterprises in business, classes today and at the end of last month, records of a year."""

    name: str
    enterprises: int
    high: int
    high_before: int
    scored: int
    thin: int
    thin_before: int
    enterprises_before: int
    penalties: int
    penalties_before: int
    checks: int
    found: int


@dataclass(frozen=True, slots=True)
class Rise:
    """One county or sector with more high-risk enterprises than at the end of last month."""

    what: str
    name: str
    now: int
    before: int
    asked: Wanted


@dataclass(frozen=True, slots=True)
class Told:
    """One enterprise of a list with its reasons in whole sentences: those with records behind them first, by weight."""

    row: Row
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the snapshot says of one scope. `modelled` False: nothing about risk but that there is no approved model."""

    as_of: date
    before: date
    county: str | None
    modelled: bool
    months: tuple[Month, ...]
    waits: dict[str, Arrival]
    year: tuple[str, str]
    places: tuple[Place, ...]
    worst: tuple[Told, ...]
    high: int
    worsened: tuple[Told, ...]
    risen: int
    causes: tuple[tuple[str, int], ...]
    rises: tuple[Rise, ...]
    model: str

    @property
    def settled_penalties(self) -> tuple[Month, ...]:
        """Months whose penalties have come in, oldest first."""
        return tuple(month for month in self.months if month.penalties_settled)

    @property
    def settled_checks(self) -> tuple[Month, ...]:
        """Months whose checks have come in, oldest first."""
        return tuple(month for month in self.months if month.checks_settled)

    def sum(self, field: str) -> int:
        """One column of the places added up."""
        return sum(getattr(place, field) for place in self.places)

    def methods(self) -> tuple[tuple[str, str], ...]:
        """Name and method of every number, and how months are judged complete."""
        told = [(each.name, each.method) for each in INDICATORS.values()]
        waits = {kind: arrival_method(self.waits[kind].days, self.waits[kind].measured) for kind in ("penalty", "inspection")}
        if self.model:
            told.append(("风险评分模型", self.model))
        return (*told, ("处罚是否到齐", waits["penalty"]), ("检查是否到齐", waits["inspection"]))


def picture(desk: Desk, county: str | None) -> Picture:
    """The overview of `county`, or of the whole city by county (None). Places are counties, or the county's sectors."""
    as_of = desk.data_day
    waits = arrivals(desk)
    told = months(desk, county, waits)
    last = next((each for each in reversed(told) if each.penalties_settled and each.checks_settled), told[-1])
    since = month_start(last.first, YEAR - 1)
    by = "county" if county is None else "sector"
    scored = desk.snapshot().rows("queries/cockpit_risk", by=by, county=county, nowhere=NOWHERE)
    worst = page_of(desk, HIGH_ONES, county, page_size=WORST)
    worsened = page_of(desk, Wanted(change=RISEN), county, page_size=WORSENED)
    reasons = _reasons(desk, worst, worsened)
    return Picture(
        as_of=as_of,
        before=before_this_month(as_of),
        county=county,
        modelled=any(row["model_id"] for row in scored if row["scored_on"] == as_of),
        months=told,
        waits=waits,
        year=(f"{since:%Y-%m}", last.label),
        places=_places(desk, by, county, since, last.last, scored),
        worst=_told(worst, reasons, "reason"),
        high=worst.total,
        worsened=_told(worsened, reasons, "change"),
        risen=worsened.total,
        causes=_causes(desk, county),
        rises=_rises(desk, county),
        model=_model(desk),
    )


def _places(
    desk: Desk, by: str, county: str | None, since: date, until: date, scored: list[dict[str, Any]]
) -> tuple[Place, ...]:
    """Every place with a scored enterprise or a record, the counties in their official order, sectors by size."""
    events = desk.snapshot().rows(
        "queries/cockpit_places",
        by=by, county=county, nowhere=NOWHERE, severities=list(COUNTED_SEVERITIES), found=list(FOUND_RESULTS),
        before=month_start(since, YEAR), since=since, until=min(until, desk.data_day),
    )  # fmt: skip
    counted = {row["place"]: row for row in events}
    today = {row["place"]: row for row in scored if row["scored_on"] == desk.data_day}
    earlier = {row["place"]: row for row in scored if row["scored_on"] == before_this_month(desk.data_day)}
    names = sorted({*counted, *today, *(words.COUNTIES if by == "county" else ())}, key=_official_order)
    return tuple(_place(name, counted.get(name, {}), today.get(name, {}), earlier.get(name, {})) for name in names)


def _official_order(name: str) -> tuple[int, str]:
    return (words.COUNTIES.index(name) if name in words.COUNTIES else len(words.COUNTIES) + (name == NOWHERE), name)


def _place(name: str, events: dict[str, Any], today: dict[str, Any], earlier: dict[str, Any]) -> Place:
    size, thin = today.get("size", 0), today.get("thin", 0)
    return Place(
        name=name,
        enterprises=size,
        enterprises_before=earlier.get("size", 0),
        high=today.get("high", 0),
        high_before=earlier.get("high", 0),
        scored=size - thin,
        thin=thin,
        thin_before=earlier.get("thin", 0),
        penalties=events.get("penalties", 0),
        penalties_before=events.get("penalties_before", 0),
        checks=events.get("checks", 0),
        found=events.get("found", 0),
    )


def _causes(desk: Desk, county: str | None) -> tuple[tuple[str, int], ...]:
    """What weighed most in the rises, in words, with the number of enterprises, the commonest first."""
    rows = desk.snapshot().rows("queries/cockpit_causes", classes=list(RISK_CLASSES), county=county, nowhere=NOWHERE)
    return tuple((_title(row["feature"]), row["enterprises"]) for row in rows[:MOST_CAUSES])


def _model(desk: Desk) -> str:
    """Which scorecard spoke, how it was tested and who approved it; empty without one."""
    rows = desk.snapshot().rows("queries/cockpit_model")
    if not rows:
        return ""
    row = rows[0]
    names = {account["user"]: account["display"] for account in list_accounts(desk.casework)}
    approver = names.get(row["approved_by"], "已停用的账号")
    told = f"编号 {row['model_id']}，用截至 {row['trained_to'].isoformat()} 已知的数据训练，由{approver}批准；"
    if row["auc"] is None:
        return f"{told}历史太短，还没有在训练之后的时段检验过。"
    return (
        f"{told}在训练之后的时段检验，区分度 {row['auc']:.2f}（95% 区间 {row['auc_low']:.2f}–{row['auc_high']:.2f}，"
        "0.5 等于随机，1 为完全分开）。"
    )


def _title(feature: str) -> str:
    known = load_features().get(feature)
    return known.title if known else feature


def _behind(feature: str) -> bool:
    """Are there records behind this feature, or is it a figure of the register (sector, county, fleet)?"""
    known = load_features().get(feature)
    return bool(known and known.kinds)


def _rises(desk: Desk, county: str | None) -> tuple[Rise, ...]:
    """The counties and the sectors whose number of high-risk enterprises grew most since the end of last month."""
    found: list[Rise] = []
    for by, what in (("county", "县（市、区）"), ("sector", "行业")):
        scored = desk.snapshot().rows("queries/cockpit_risk", by=by, county=county, nowhere=NOWHERE)
        earlier = {row["place"]: row["high"] for row in scored if row["scored_on"] == before_this_month(desk.data_day)}
        grown = [
            Rise(what, row["place"], row["high"], earlier.get(row["place"], 0), Wanted(risk=HIGH, **{by: row["place"]}))
            for row in scored
            if row["scored_on"] == desk.data_day and row["high"] > earlier.get(row["place"], 0)
        ]
        if by == "sector" or county is None:
            found += sorted(grown, key=lambda each: (each.before - each.now, each.name))[:MOST_RISES]
    return tuple(found)


def _reasons(desk: Desk, *lists: RecordsPage) -> dict[tuple[str, str], list[str]]:
    ids = sorted({row.subject_id for page in lists for row in page.rows if row.subject_id})
    rows = [row for row in desk.snapshot().rows("queries/cockpit_reasons", ids=ids) if row["direction"] == "推高"]
    found: dict[tuple[str, str], list[str]] = {}
    for row in sorted(rows, key=lambda row: not _behind(row["feature"])):
        found.setdefault((row["subject_id"], row["told"]), []).append(row["sentence"])
    return found


def _told(page: RecordsPage, reasons: dict[tuple[str, str], list[str]], kind: str) -> tuple[Told, ...]:
    return tuple(Told(row, tuple(reasons.get((row.subject_id or "", kind), ())[:MOST_REASONS])) for row in page.rows)
