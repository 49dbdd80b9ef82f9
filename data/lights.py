"""From which figure on is data quality calm, to be watched, or behind? A proposal kept as data, marked as such.

`data/seeds/quality-lights.toml`: two limits for each indicator. No authority has set any; `basis` says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from data.errors import BrokenRule

FILE = Path(__file__).resolve().parent / "seeds" / "quality-lights.toml"
CALM, WATCH, BEHIND = "达标", "关注", "落后"
_KEYS = {"indicator", "better", "calm", "watch"}


@dataclass(frozen=True, slots=True)
class Light:
    """The limits of one indicator in percent; `better` is `more` or `fewer`."""

    indicator: str
    better: str
    calm: Decimal
    watch: Decimal

    def of(self, events: int, base: int) -> str:
        """The word for events ÷ base, compared exactly; `base` must not be 0."""
        share, calm, watch = 100 * events, self.calm * base, self.watch * base
        if self.better == "more":
            return CALM if share >= calm else WATCH if share >= watch else BEHIND
        return CALM if share <= calm else WATCH if share <= watch else BEHIND


@cache
def load_lights(path: Path = FILE) -> Mapping[str, Light]:
    """Indicator → its limits.

    Raises
    ------
    BrokenRule
        when the file is damaged or its limits are not in order.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return {each["indicator"]: _light(each) for each in told["light"]}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ArithmeticError) as error:
        raise BrokenRule(f"数据质量提示线读不出来：{error}", path.name, "请按 [[light]] 的写法改正") from error


def _light(told: dict[str, object]) -> Light:
    if told.keys() != _KEYS or told["better"] not in ("more", "fewer"):
        raise KeyError("indicator、better、calm、watch")
    light = Light(str(told["indicator"]), str(told["better"]), Decimal(str(told["calm"])), Decimal(str(told["watch"])))
    ordered = light.calm >= light.watch if light.better == "more" else light.calm <= light.watch
    if not ordered:
        raise BrokenRule("“达标”的线不能比“关注”的线低", f"{FILE.name} {light.indicator}", "请改正 calm 与 watch")
    return light
