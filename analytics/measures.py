"""By what can the counties, or a county's sectors, be compared, and where are the rows behind each figure?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.cockpit import Picture, Place
from analytics.counting import FEW, rate
from analytics.indicators import FEWEST_EVENTS, GRAVE_WORDS, INDICATORS, NOWHERE
from analytics.records import CHECKS, HIGH_ONES, PENALTIES, Wanted

HIGH, ALERTS, PENALTY, FOUND = "高风险企业", "红橙预警", "处罚", "发现问题率"


@dataclass(frozen=True, slots=True)
class Standing:
    """One place in the order of a measure. `value` and `note` are words; `size` is what the map shades by, None: 样本少.

    `count` is how many rows `lead` shows.
    """

    name: str
    value: str
    note: str
    size: float | None
    lead: tuple[str, dict[str, str]] | None
    count: int


def measures(seen: Picture) -> tuple[str, ...]:
    """The measures this picture can be asked for: no risk without a model, no warnings by sector."""
    return tuple(
        measure
        for measure, there in ((HIGH, seen.modelled), (ALERTS, seen.county is None), (PENALTY, True), (FOUND, True))
        if there
    )


def told(seen: Picture, measure: str) -> str:
    """What is measured, in which unit, over which span."""
    span = f"{seen.year[0]} 至 {seen.year[1]}"
    shaded = "；颜色和排序按每百户企业的起数" if seen.county is None else "；按每百户企业的起数排序"
    return {
        HIGH: f"风险提示为“高”的企业占已评企业的比例，{seen.as_of.isoformat()}；括号内为与上月末相比的户数",
        ALERTS: "未办结的红色和橙色预警条数；颜色和排序按每百户企业的条数",
        PENALTY: f"{INDICATORS['penalties'].name}起数，{span}，括号内为与再前 12 个月相比{shaded}",
        FOUND: f"检查发现问题的次数占检查次数的比例，{span}",
    }[measure]


def standings(seen: Picture, measure: str, alerts: Mapping[str, int]) -> tuple[Standing, ...]:
    """Every place by this measure, the largest first; places without a figure last. `alerts`: county → red and orange ones.

    What has no county or sector on file is listed where there is something to count.
    """
    counted = {HIGH: lambda place: place.scored, ALERTS: lambda place: alerts.get(place.name, 0)}
    here = counted.get(measure, lambda place: place.penalties if measure == PENALTY else place.checks)
    kept = [place for place in seen.places if place.name != NOWHERE or here(place)]
    made = [_standing(seen, place, measure, alerts.get(place.name, 0)) for place in kept]
    return tuple(sorted(made, key=lambda each: (each.size is None, -(each.size or 0), -each.count, each.name)))


def _standing(seen: Picture, place: Place, measure: str, alerts: int) -> Standing:
    if measure == HIGH:
        change = _signed(place.high - place.high_before)
        note = f"{place.high:,}/{place.scored:,} 户（{change}）"
        return _rated(place, place.high, place.scored, note, ("records", _asked(seen, place, HIGH_ONES)))
    if measure == ALERTS:
        lead = None if place.name == NOWHERE else ("alerts", {"level": GRAVE_WORDS, "county": place.name})
        return Standing(place.name, f"{alerts:,} 条", _per_hundred(alerts, place, "条"), _share(alerts, place), lead, alerts)
    year = {"since": seen.year[0], "until": seen.year[1]}
    if measure == PENALTY:
        change = _signed(place.penalties - place.penalties_before)
        lead = ("records", _asked(seen, place, Wanted(kind=PENALTIES, only="一般及以上", **year)))
        note = f"{_per_hundred(place.penalties, place, '起')}（{change}）"
        return Standing(place.name, f"{place.penalties:,} 起", note, _share(place.penalties, place), lead, place.penalties)
    asked = _asked(seen, place, Wanted(kind=CHECKS, only="发现问题", **year))
    return _rated(place, place.found, place.checks, f"{place.found:,}/{place.checks:,} 次", ("records", asked))


def _rated(place: Place, events: int, base: int, note: str, lead: tuple[str, dict[str, str]]) -> Standing:
    said = rate(events, base)
    return Standing(place.name, said, note, None if said == FEW else events / base, lead, events)


def _asked(seen: Picture, place: Place, asked: Wanted) -> dict[str, str]:
    where = {"county": place.name} if seen.county is None else {"sector": place.name}
    only_enterprises = {"subject": "企业"} if seen.county is not None and asked.kind != HIGH_ONES.kind else {}
    return {**asked.address(), **where, **only_enterprises}


def _share(count: int, place: Place) -> float | None:
    return count / place.enterprises if place.enterprises and count >= FEWEST_EVENTS else None


def _per_hundred(count: int, place: Place, unit: str) -> str:
    share = _share(count, place)
    return f"每百户 {100 * share:.1f} {unit}" if share is not None else FEW


def _signed(change: int) -> str:
    return f"{'+' if change > 0 else '−'}{abs(change):,}" if change else "持平"
