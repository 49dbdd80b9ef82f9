"""Do as many events happen as the score says? (校准)

Brier score, Wilson intervals, and bands of points whose observed rate may be shown to a person: each holds enough
events, and the rate rises from band to band.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from models.monotone import CuttingRules, cut, fine_bins, tally

#: Columns of `bands()`, in this order.
BANDS = ("low", "high", "size", "events", "rate", "rate_low", "rate_high")
_FINE_BANDS = 400


def brier(hits: Any, probabilities: Any) -> float:
    """Mean squared difference between what was said and what happened (Brier 1950); 0 is perfect."""
    return float(np.mean((np.asarray(probabilities, dtype=float) - np.asarray(hits, dtype=float)) ** 2))


def wilson(events: Any, sizes: Any, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """(low, high) of shares: Wilson (1927). An empty group has (0, 1)."""
    event, size = np.asarray(events, dtype=float), np.asarray(sizes, dtype=float)
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate = np.divide(event, size, out=np.zeros_like(event), where=size > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (rate + z**2 / (2 * size)) / (1 + z**2 / size)
        reach = z / (1 + z**2 / size) * np.sqrt(rate * (1 - rate) / size + z**2 / (4 * size**2))
    low = np.where(size > 0, np.clip(middle - reach, 0.0, 1.0), 0.0)
    high = np.where(size > 0, np.clip(middle + reach, 0.0, 1.0), 1.0)
    return np.where(event <= 0, 0.0, low), np.where(event >= size, 1.0, high)


def bands(
    points: Any,
    hits: Any,
    edges: Sequence[float] | None = None,
    *,
    groups: Any = None,
    most: int = 10,
    least_events: int = 20,
    least_size: int = 50,
    level: float = 0.95,
) -> pd.DataFrame:
    """Score bands with their observed rates, grain: band, columns BANDS, from the lowest points up.

    `low` and `high` are the lowest and highest points seen in the band (both belong to it); `rate_low`, `rate_high`
    the Wilson interval, widened by the design effect when `groups` says which rows are of one subject (Kish 1965).
    Without `edges` (the first points of every band but the lowest) at most `most` bands are chosen, each with
    `least_size` rows and `least_events` events and non-events, the rate rising from band to band.
    """
    value, hit = np.asarray(points, dtype=float), np.asarray(hits, dtype=float)
    one_each = np.ones(len(value))
    if edges is None:
        fine = fine_bins(value, hit, one_each, _FINE_BANDS)
        rules = CuttingRules(most, least_size, least_events, 0.0)
        starts, _ = cut(fine.counts, fine.events, rules, lambda count, event: event / count, "up")
        edges = fine.lowest[starts[1:]].tolist()
    kept, code = np.unique(np.searchsorted(edges, value, side="right"), return_inverse=True)
    size, events = tally(code, hit, one_each, len(kept))
    spread = np.ones(len(kept)) if groups is None else _design_effect(code, hit, size, events, groups)
    low, high = wilson(events / spread, size / spread, level)
    ends = pd.Series(value).groupby(code).agg(["min", "max"])
    columns = (ends["min"], ends["max"], size.astype(int), events.astype(int), events / size, low, high)
    return pd.DataFrame(dict(zip(BANDS, columns, strict=True)))


def _design_effect(code: np.ndarray, hit: np.ndarray, size: np.ndarray, events: np.ndarray, groups: Any) -> np.ndarray:
    """float[bands] ≥ 1: how many times the variance of a band's rate exceeds that of as many independent rows."""
    rate = events / size
    who = np.unique(np.asarray(groups), return_inverse=True)[1]
    pair, place = np.unique(code * (who.max() + 1) + who, return_inverse=True)
    residual = np.bincount(place, hit - rate[code])
    found = np.bincount(pair // (who.max() + 1), residual**2, len(size))
    alone = size * rate * (1 - rate)
    return np.maximum(1.0, np.divide(found, alone, out=np.ones_like(alone), where=alone > 0))


def band_of(table: pd.DataFrame, points: Any) -> np.ndarray:
    """intp[n]: the row of `bands()` each number of points belongs to; beyond the ends the outermost band."""
    return np.searchsorted(table["low"].to_numpy()[1:], np.asarray(points, dtype=float), side="right")
