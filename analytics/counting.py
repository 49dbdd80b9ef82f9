"""How is a number, its rate and its change written in words? Rounded once, from the counts themselves."""

from __future__ import annotations

from analytics.indicators import FEWEST_EVENTS

FEW = "样本少"


def rate(events: int, base: int) -> str:
    """events ÷ base in percent with one decimal; below 5 events, or without a base, 样本少."""
    if base == 0 or events < FEWEST_EVENTS:
        return FEW
    return f"{100 * events / base:.1f}%"


def difference(now: int, before: int, unit: str, against: str) -> str:
    """The change of a count: `较上月末 +12 条`, `与上月末持平`."""
    if now == before:
        return f"与{_spaced(against)}持平"
    return f"较{_spaced(against)}{'+' if now > before else '−'}{abs(now - before):,} {unit}"


def points_apart(now: tuple[int, int], before: tuple[int, int], against: str) -> str:
    """The change of a rate in percentage points, from its counts; nothing where one of the two is 样本少."""
    if FEW in (rate(*now), rate(*before)):
        return ""
    apart = 100 * now[0] / now[1] - 100 * before[0] / before[1]
    if abs(apart) < 0.05:
        return f"与{_spaced(against)}持平"
    return f"较{_spaced(against)}{'+' if apart > 0 else '−'}{abs(apart):.1f} 个百分点"


def _spaced(against: str) -> str:
    """Digits stand apart from Chinese characters."""
    return f" {against} " if against[:1].isdigit() else f"{against} "
