"""Had the list been used: which enterprise would have been found at fault how many days sooner, which one later? (回放)

The same checks, on the same days, by the same county; only the order in which the enterprises of a county are visited for
the first time in a quarter follows the score (Chicago food-inspections-evaluation, 2015). Further visits stay on their days.
It supposes that a check finds on another day what it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from models.evaluate import Interval, mean_interval, share_interval


@dataclass(frozen=True, slots=True)
class Replay:
    """Over the findings of first visits: mean days sooner, share later, share in the first half; NaN without a finding."""

    findings: int
    days_sooner: Interval
    later_share: Interval
    first_half_share: Interval


@dataclass(frozen=True, slots=True)
class Told:
    """How many of a whole are found sooner (and how much, on average), later, on the same day."""

    whole: int
    sooner: int
    days_sooner: float
    later: int
    days_later: float

    @property
    def same(self) -> int:
        """Those found on the same day."""
        return self.whole - self.sooner - self.later


def reordered(days: Any, scores: Any, within: Any) -> tuple[np.ndarray, np.ndarray]:
    """(datetime64[D][n]: the day each check is made on when the order follows the scores, bool[n]: in the first half).

    `within` [n]: the checks that can change places. Stable: equal scores keep their actual order, by day, then as given;
    the first half of m checks are the first ⌊m/2⌋.
    """
    day = pd.DatetimeIndex(pd.to_datetime(np.asarray(days))).to_numpy().astype("datetime64[D]")
    group = np.unique(np.asarray(within), return_inverse=True)[1]
    actual = np.lexsort((day, group))
    turn = np.empty(len(day), dtype=np.intp)
    turn[actual] = np.arange(len(day))
    new = np.lexsort((turn, -np.asarray(scores, dtype=float), group))
    moved, first = np.empty_like(day), np.empty(len(day), dtype=bool)
    moved[new] = day[actual]
    size = np.bincount(group)
    place = np.arange(len(day)) - (np.cumsum(size) - size)[group[new]]
    first[new] = place < (size // 2)[group[new]]
    return moved, first


def replay(visits: pd.DataFrame) -> Replay:
    """The measures of the findings of first visits: subject_id, happened_on, found, moved_to, first_half."""
    hit = visits["found"].to_numpy() == 1
    sooner, who = _sooner(visits), visits["subject_id"].to_numpy(dtype=object)
    if not hit.any():
        nothing = Interval(float("nan"), float("nan"), float("nan"))
        return Replay(0, nothing, nothing, nothing)
    return Replay(
        int(hit.sum()),
        mean_interval(sooner[hit], who[hit]),
        share_interval(sooner[hit] < 0, groups=who[hit]),
        share_interval(visits["first_half"].to_numpy()[hit], groups=who[hit]),
    )


def told(checks: pd.DataFrame) -> Told:
    """By enterprise: the day it was first found at fault against the day it would have been.

    `checks`: all of them, those of further visits moved to their own day.
    """
    found = checks[checks["found"] == 1]
    first = pd.DataFrame(
        {
            "subject_id": found["subject_id"].to_numpy(dtype=object),
            "was": pd.to_datetime(found["happened_on"]).to_numpy(),
            "new": pd.to_datetime(found["moved_to"]).to_numpy(),
        }
    )
    first = first.groupby("subject_id").min()
    return _counted((first["was"] - first["new"]).dt.days.to_numpy())


def findings_told(checks: pd.DataFrame) -> Told:
    """By finding of a first visit in a quarter: the day it was made against the day it would have been."""
    return _counted(_sooner(checks[checks["first_visit"] & (checks["found"] == 1)]))


def _counted(days: np.ndarray) -> Told:
    sooner, later = days[days > 0], days[days < 0]
    return Told(
        len(days),
        len(sooner),
        float(sooner.mean()) if len(sooner) else 0.0,
        len(later),
        float(-later.mean()) if len(later) else 0.0,
    )


def sentence(one: Told) -> str:
    """What the product says about itself."""
    return (
        f"去年若用它：{one.whole:,} 户里 {one.sooner:,} 户会早 {one.days_sooner:.0f} 天查到，{one.later:,} 户会晚"
        f"（平均晚 {one.days_later:.0f} 天），{one.same:,} 户同一天"
    )


def _sooner(checks: pd.DataFrame) -> np.ndarray:
    moved, made = (pd.to_datetime(checks[name]).to_numpy().astype("datetime64[D]") for name in ("moved_to", "happened_on"))
    return (made - moved).astype(int)
