"""Do the enterprises of a day still look like those the model learned from? (漂移：PSI、CSI)

Population stability index: Σ (share now − share then) × ln(share now / share then) over bins, of the score (PSI) and of each
feature (CSI). Below 0.1 stable, below 0.25 changed, else drifted (Siddiqi 2006); what so few rows give by chance alone
(χ² with bins − 1 degrees of freedom, Yurdakul 2018) is said beside it, and where that reaches the border nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.model_watch import WatchRule
from models.card import Scorecard

BINS = 10
STABLE, CHANGED, DRIFTED, UNSURE = "稳定", "有变化", "显著变化", "不确定"
#: Added to every bin's count, so that an empty bin counts and does not decide.
_PSEUDO = 0.5
_NORMAL_95 = 1.644854


@dataclass(frozen=True, slots=True)
class Stability:
    """The index of one thing: `noise` is what 95 of 100 comparisons of so many rows of one population stay below."""

    name: str
    index: float
    noise: float
    verdict: str
    bins: int


def stability_index(then: np.ndarray, now: np.ndarray) -> float:
    """PSI of two lots of counts per bin, half a row added to each bin. 0 = the same shares."""
    before, after = ((np.asarray(each, dtype=float) + _PSEUDO) for each in (then, now))
    before, after = before / before.sum(), after / after.sum()
    return float(((after - before) * np.log(after / before)).sum())


def stability(name: str, then: np.ndarray, now: np.ndarray, rule: WatchRule) -> Stability:
    """The index of counts per bin with its verdict. Bins empty on both sides are left out."""
    held = (np.asarray(then) + np.asarray(now)) > 0
    before, after = np.asarray(then, dtype=float)[held], np.asarray(now, dtype=float)[held]
    if not before.sum() or not after.sum():
        return Stability(name, float("nan"), float("nan"), UNSURE, int(held.sum()))
    index = stability_index(before, after)
    noise = _chi_square_95(len(before) - 1) * (1 / before.sum() + 1 / after.sum())
    return Stability(name, index, noise, _verdict(index, noise, rule), len(before))


def of_numbers(name: str, then: pd.Series, now: pd.Series, rule: WatchRule, bins: int = BINS) -> Stability:
    """Numbers, in bins of equal size by those of then; equal numbers never parted, missing ones a bin of their own."""
    before, after = (pd.to_numeric(each).to_numpy(dtype=float) for each in (then, now))
    known = before[~np.isnan(before)]
    edges = np.unique(np.quantile(known, np.arange(1, bins) / bins)) if len(known) else np.array([])
    return stability(name, _counted(before, edges), _counted(after, edges), rule)


def of_words(name: str, then: pd.Series, now: pd.Series, rule: WatchRule) -> Stability:
    """Categories, each a bin; missing ones too."""
    before, after = (each.astype(object).where(each.notna(), "缺失").value_counts() for each in (then, now))
    every = sorted(set(before.index) | set(after.index), key=str)
    then_counts, now_counts = (each.reindex(every).fillna(0).to_numpy() for each in (before, after))
    return stability(name, then_counts, now_counts, rule)


def of_frames(then: pd.DataFrame, now: pd.DataFrame, columns: Sequence[str], rule: WatchRule) -> list[Stability]:
    """The index of each column, in the order given."""
    return [
        (of_numbers if pd.api.types.is_numeric_dtype(then[name]) else of_words)(name, then[name], now[name], rule)
        for name in columns
    ]


def of_card(card: Scorecard, now: pd.DataFrame, rule: WatchRule) -> list[Stability]:
    """The index of each variable of a signed card, by its own bins: what it learned from is written in them."""
    codes = card.codes(now)
    return [
        stability(
            part.name,
            np.array([one.count for one in part.bins]),
            np.bincount(codes[:, place], minlength=len(part.bins)),
            rule,
        )
        for place, part in enumerate(card.variables)
    ]


def row_of(one: Stability, titles: Mapping[str, str]) -> dict[str, Any]:
    """As plain JSON."""
    told = {"name": one.name, "title": titles.get(one.name, one.name), "bins": one.bins, "verdict": one.verdict}
    return told | {"index": _plain(one.index), "noise": _plain(one.noise)}


def _counted(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    missing = np.isnan(values)
    inside = np.bincount(np.searchsorted(edges, values[~missing], side="right"), minlength=len(edges) + 1)
    return np.append(inside, missing.sum())


def _verdict(index: float, noise: float, rule: WatchRule) -> str:
    if noise >= rule.psi_minor and index < max(noise, rule.psi_major):
        return UNSURE
    if index < rule.psi_minor:
        return STABLE
    return CHANGED if index < rule.psi_major else DRIFTED


def _chi_square_95(degrees: int) -> float:
    """The 95 % point of χ² (Wilson & Hilferty 1931)."""
    if degrees < 1:
        return 0.0
    return degrees * (1 - 2 / (9 * degrees) + _NORMAL_95 * np.sqrt(2 / (9 * degrees))) ** 3


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 6)
