"""Which five numbers does a head need, how did they change, and where are their rows?"""

from __future__ import annotations

from dataclasses import dataclass

from analytics import words
from analytics.cockpit import Picture
from analytics.counting import difference, points_apart, rate
from analytics.desk import Desk
from analytics.indicators import GRAVE_LEVELS, GRAVE_WORDS, INDICATORS, NOWHERE, Indicator
from analytics.months import Month
from analytics.records import CHECKS, HIGH_ONES, PENALTIES, THIN_ONES, Wanted
from data.casework.alerts import counts_by_level
from data.casework.rights import Person, require
from data.casework.tallies import counts_by_county, counts_on, published_by

NO_MODEL = "风险模型尚未建立或尚未批准"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the top row. `change` is its comparison in words; `lead` (page, query) its rows, None without any.

    `count` is how many rows `lead` shows.
    """

    indicator: Indicator
    title: str
    value: str
    change: str
    note: str
    lead: tuple[str, dict[str, str]] | None
    count: int = 0


def numbers(desk: Desk, person: Person, seen: Picture) -> tuple[Number, ...]:
    """The five numbers with their change in words, each leading to its rows.

    Raises
    ------
    NotAllowed
        when the person's role has no overview.
    """
    require(desk.casework, person, "see_overview")
    return (_high(seen), _alerts(desk, seen), _penalties(seen), _found(seen), _thin(seen))


def grave_alerts(desk: Desk, person: Person) -> dict[str, int]:
    """County (未填: unknown) → live red and orange warnings, in the person's scope; live from the casework."""
    found = counts_by_county(desk.casework, person.county, levels=GRAVE_LEVELS)
    return {county or NOWHERE: count for county, count in found.items()}


def _high(seen: Picture) -> Number:
    indicator = INDICATORS["high"]
    if not seen.modelled:
        return Number(indicator, indicator.name, "暂无", "", NO_MODEL, None)
    change = difference(seen.sum("high"), seen.sum("high_before"), "户", "上月末")
    share = rate(seen.sum("high"), seen.sum("scored"))
    return Number(
        indicator, indicator.name, f"{seen.sum('high'):,} 户", change, f"占已评企业 {share}",
        ("records", HIGH_ONES.address()), seen.sum("high"),
    )  # fmt: skip


def _alerts(desk: Desk, seen: Picture) -> Number:
    indicator = INDICATORS["alerts"]
    now = counts_by_level(desk.casework, seen.county)
    live = sum(now[level] for level in GRAVE_LEVELS)
    change = "上月末还没有发布过，无从比较"
    if published_by(desk.casework, seen.before):
        change = difference(live, counts_on(desk.casework, seen.before, GRAVE_LEVELS, seen.county), "条", "上月末")
    note = " · ".join(f"{words.LEVELS[level]} {now[level]:,}" for level in GRAVE_LEVELS)
    return Number(indicator, indicator.name, f"{live:,} 条", change, note, ("alerts", {"level": GRAVE_WORDS}), live)


def _penalties(seen: Picture) -> Number:
    indicator = INDICATORS["penalties"]
    settled = seen.settled_penalties
    month = settled[-1] if settled else seen.months[-1]
    change = difference(month.penalties, settled[-2].penalties, "起", settled[-2].label) if settled[1:] else ""
    asked = Wanted(kind=PENALTIES, only="一般及以上", since=month.label, until=month.label)
    return Number(
        indicator, f"{month.label} {indicator.name}", f"{month.penalties:,} 起", change, _arriving(seen, month),
        ("records", asked.address()), month.penalties,
    )  # fmt: skip


def _found(seen: Picture) -> Number:
    indicator = INDICATORS["found"]
    settled = seen.settled_checks
    month = settled[-1] if settled else seen.months[-1]
    before = settled[-2] if settled[1:] else None
    change = points_apart((month.found, month.checks), (before.found, before.checks), before.label) if before else ""
    asked = Wanted(kind=CHECKS, only="发现问题", since=month.label, until=month.label)
    return Number(
        indicator, f"{month.label} {indicator.name}", rate(month.found, month.checks), change,
        f"{month.found:,}/{month.checks:,} 次", ("records", asked.address()), month.found,
    )  # fmt: skip


def _thin(seen: Picture) -> Number:
    indicator = INDICATORS["thin"]
    if not seen.modelled:
        return Number(indicator, indicator.name, "暂无", "", NO_MODEL, None)
    thin, size = seen.sum("thin"), seen.sum("enterprises")
    earlier = (seen.sum("thin_before"), seen.sum("enterprises_before"))
    return Number(
        indicator, f"{indicator.name}占比", rate(thin, size), points_apart((thin, size), earlier, "上月末"),
        f"{thin:,}/{size:,} 户", ("records", THIN_ONES.address()), thin,
    )  # fmt: skip


def _arriving(seen: Picture, month: Month) -> str:
    if month is seen.months[-1]:
        return "本月的报告还在到达"
    later = seen.months[seen.months.index(month) + 1].label
    return f"{later} 起的报告还在到达"
