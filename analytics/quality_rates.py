"""How do counts become the rates of data quality? The one place: pages, exports and charts all ask here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from analytics.counting import FEW
from analytics.indicators import FEWEST_EVENTS, QUALITY, Indicator
from data.lights import load_lights


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of `quality` for one scope; every rate comes from these."""

    reported: int = 0
    compliant: int = 0
    items: int = 0
    filled: int = 0
    corrected: int = 0
    decisions: int = 0
    must: int = 0
    exempt: int = 0
    in_time: int = 0
    late: int = 0
    unconfirmed: int = 0
    returned: int = 0
    registered: int = 0
    never: int = 0
    waiting: int = 0
    provisional: int = 0

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Counts:
        """From a row of `queries/quality_sums`."""
        return cls(**{each.name: row[each.name] for each in fields(cls)})

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Counts)))

    @property
    def sent(self) -> int:
        """Decisions past due or answered that were handed in: the base of 及时率."""
        return self.in_time + self.late + self.unconfirmed + self.returned

    @property
    def rejected(self) -> int:
        """Rows that did not pass."""
        return self.reported - self.compliant

    def rate(self, key: str) -> Rate:
        """The rate of that indicator."""
        events, base = _PARTS[key]
        return Rate(key, getattr(self, events), getattr(self, base))


#: Indicator → (count above the line, count below it)
_PARTS = {
    "compliance": ("compliant", "reported"),
    "timely": ("in_time", "sent"),
    "complete": ("filled", "items"),
    "concealed": ("never", "registered"),
}
RATES = tuple(_PARTS)


@dataclass(frozen=True, slots=True)
class Rate:
    """events ÷ base of one indicator; below 5 in the base there is no rate, but 样本少."""

    key: str
    events: int
    base: int

    @property
    def indicator(self) -> Indicator:
        return QUALITY[self.key]

    @property
    def small(self) -> bool:
        """Too few to speak of a rate."""
        return self.base < FEWEST_EVENTS

    @property
    def percent(self) -> float | None:
        """In percent with two decimals, rounded once; None when the base is small."""
        return None if self.small else round(100 * self.events / self.base, 2)

    @property
    def value(self) -> str:
        """`92.31%`, or 样本少."""
        return FEW if self.percent is None else f"{self.percent:.2f}%"

    @property
    def opposite(self) -> str:
        """What is left to the whole, e.g. 迟报率: `7.69%`, or 样本少."""
        return FEW if self.small else f"{100 * (self.base - self.events) / self.base:.2f}%"

    @property
    def counts(self) -> str:
        """`1,204/1,305`."""
        return f"{self.events:,}/{self.base:,}"

    @property
    def light(self) -> str | None:
        """达标, 关注 or 落后 by the proposed limits; None when small."""
        return None if self.small else load_lights()[self.key].of(self.events, self.base)

    def change(self, before: Rate, against: str) -> str:
        """Against the same rate of another month, in percentage points; nothing where one of them is small."""
        if self.small or before.small:
            return ""
        apart = 100 * self.events / self.base - 100 * before.events / before.base
        if abs(apart) < 0.005:
            return f"与 {against} 持平"
        return f"较 {against} {'+' if apart > 0 else '−'}{abs(apart):.2f} 个百分点"
