"""How did penalties and the findings of checks go month by month, and is the newest complete month an ordinary one?

An ordinary month lies within two standard deviations of the twelve complete months before it: for a count those of a
Poisson count (√mean), for a rate those of a share of that month's checks (√(p(1−p)/n)). Below five events in an
average month nothing is judged. This is a plain control chart (Shewhart); it says "look", never "why".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.cockpit import Picture
from analytics.counting import FEW, rate
from analytics.indicators import FEWEST_EVENTS, INDICATORS, ORDINARY_SPREAD, YEAR
from analytics.months import Month
from analytics.records import CHECKS, PENALTIES, Wanted


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure month by month, oldest first: the finding as a sentence, what is measured, and the rows behind it.

    `values` are counts, or percent where `suffix` is "%"; `ordinary` the lowest and highest value of an ordinary month.
    """

    key: str
    finding: str
    measure: str
    months: tuple[date, ...]
    values: tuple[float, ...]
    hovers: tuple[str, ...]
    settled: tuple[bool, ...]
    ordinary: tuple[float, float] | None
    suffix: str
    lead_words: str
    lead: dict[str, str]


def trends(seen: Picture) -> tuple[Trend, Trend]:
    """Penalties 一般 or worse by month of decision, and the share of checks that found something by month of the check."""
    return _penalties(seen), _found(seen)


def ordinary_counts(counts: Sequence[int]) -> tuple[int, int] | None:
    """Lowest and highest count of an ordinary month after these; None without twelve months, or with too few events in one."""
    if len(counts) < YEAR or sum(counts) < FEWEST_EVENTS * len(counts):
        return None
    mean = sum(counts) / len(counts)
    spread = ORDINARY_SPREAD * math.sqrt(mean)
    return max(0, math.ceil(mean - spread)), math.floor(mean + spread)


def ordinary_rates(found: Sequence[int], checks: Sequence[int], base: int) -> tuple[float, float] | None:
    """Lowest and highest share, in percent, of an ordinary month with `base` checks after these months; None as above."""
    if len(found) < YEAR or not base or sum(found) < FEWEST_EVENTS * len(found):
        return None
    share = sum(found) / sum(checks)
    spread = ORDINARY_SPREAD * math.sqrt(share * (1 - share) / base)
    return 100 * max(0.0, share - spread), 100 * min(1.0, share + spread)


def _penalties(seen: Picture) -> Trend:
    name = INDICATORS["penalties"].name
    counts = tuple(month.penalties for month in seen.months)
    settled = tuple(month.penalties_settled for month in seen.months)
    done = [month for month in seen.months if month.penalties_settled]
    ordinary = ordinary_counts([month.penalties for month in done[-YEAR - 1 : -1]])
    finding = f"{name}：各月的报告都还在到达"
    if done:
        finding = f"{done[-1].label} {name} {done[-1].penalties:,} 起"
        if ordinary:
            finding += f"，{_against(done[-1].penalties, ordinary)}（{ordinary[0]:,}–{ordinary[1]:,} 起）"
        elif done[-1].penalties < FEWEST_EVENTS:
            finding += f"（{FEW}，不作比较）"
    hovers = tuple(f"{month.label}　{month.penalties:,} 起{_still(month.penalties_settled)}" for month in seen.months)
    return Trend(
        "penalties", finding, f"起数，按处罚决定日{_band(ordinary)}", _firsts(seen), counts, hovers, settled, ordinary, "",
        f"看这 {len(counts)} 个月的 {sum(counts):,} 起", _asked(seen, PENALTIES, "一般及以上"),
    )  # fmt: skip


def _found(seen: Picture) -> Trend:
    name = INDICATORS["found"].name
    shares = tuple(100 * month.found / month.checks if month.checks else 0.0 for month in seen.months)
    settled = tuple(month.checks_settled for month in seen.months)
    done = [month for month in seen.months if month.checks_settled]
    finding, ordinary = f"{name}：各月的报告都还在到达", None
    if done:
        newest, before = done[-1], done[-YEAR - 1 : -1]
        said = rate(newest.found, newest.checks)
        finding = f"{newest.label} {name} {said}"
        ordinary = ordinary_rates([month.found for month in before], [month.checks for month in before], newest.checks)
        if ordinary and said != FEW:
            where = _against(100 * newest.found / newest.checks, ordinary)
            finding += f"，{where}（{ordinary[0]:.1f}%–{ordinary[1]:.1f}%）"
    found = sum(month.found for month in seen.months)
    return Trend(
        "found", finding, f"占检查次数的百分比，按检查日{_band(ordinary)}", _firsts(seen), shares,
        tuple(_found_hover(month) for month in seen.months), settled, ordinary, "%",
        f"看这 {len(shares)} 个月发现问题的 {found:,} 次", _asked(seen, CHECKS, "发现问题"),
    )  # fmt: skip


def _found_hover(month: Month) -> str:
    said = f"{rate(month.found, month.checks)}，{month.found:,}/{month.checks:,} 次"
    return f"{month.label}　{said}{_still(month.checks_settled)}"


def _still(settled: bool) -> str:
    return "" if settled else "，报告还在到达"


def _band(ordinary: object) -> str:
    return "；灰带为此前 12 个到齐月份的平常范围" if ordinary else ""


def _against(value: float, ordinary: tuple[float, float]) -> str:
    low, high = ordinary
    return "高于平常" if value > high else "低于平常" if value < low else "与平常相当"


def _firsts(seen: Picture) -> tuple[date, ...]:
    return tuple(month.first for month in seen.months)


def _asked(seen: Picture, kind: str, only: str) -> dict[str, str]:
    return Wanted(kind=kind, only=only, since=seen.months[0].label, until=seen.months[-1].label).address()
