"""What does the record not show, and how much could that change the figures? (标签的诚实)

Only who is checked, or met on the road, can be seen to offend: for the others the outcome is unknown, not good. Three answers
stand beside the plain figure: the ranking of the observed alone, the same weighted by the inverse of the chance to be checked
(Hernán & Robins 2020, chapter 12: stabilised, clipped), and the bounds whatever the unseen did (Manski 1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from data.model_watch import WatchRule
from models.backtest import Fold
from models.backtest_figures import interval, rounded
from models.evaluate import Interval, auc_interval, share_interval
from models.selection import inverse_weights


class Bounds(NamedTuple):
    """The lowest and the highest that a figure can be."""

    low: float
    high: float


def censored(folds: Sequence[Fold]) -> dict[str, Any]:
    """How many of the ranked were never checked in the 180 days after, in all and by county; hits found without a check."""
    rows = pd.concat([one.rows for one in folds], ignore_index=True)
    unseen = unobserved(rows)
    return {
        **_share(rows, unseen),
        "checked": int(rows["checked"].sum()),
        "hits_without_check": int((rows["hit"].to_numpy() * ~rows["checked"].to_numpy()).sum()),
        "by_county": [{"county": name, **_share(part, unobserved(part))} for name, part in rows.groupby("county", sort=True)],
    }


def unobserved(rows: pd.DataFrame) -> np.ndarray:
    """bool[n]: neither checked nor hit, so that nobody knows."""
    return ~rows["checked"].to_numpy(dtype=bool) & (rows["hit"].to_numpy() == 0)


def auc_bounds(hits: np.ndarray, scores: np.ndarray, unseen: np.ndarray, number: int | None = None) -> Bounds:
    """The least and the most the AUC can be, whatever the unseen rows were; with `number`, if that many of them were hits.

    The best case makes hits of the highest scores among the unseen, the worst of the lowest; all numbers of them are tried.
    NaN where no number leaves both hits and misses.
    """
    _, code = np.unique(scores, return_inverse=True)
    size = int(code.max()) + 1
    good = np.bincount(code[(hits == 1) & ~unseen], minlength=size).astype(float)
    bad = np.bincount(code[(hits == 0) & ~unseen], minlength=size).astype(float)
    hidden = np.bincount(code[unseen], minlength=size).astype(float)
    tries = np.arange(int(hidden.sum()) + 1) if number is None else np.array([number])
    best = [_area(good, bad, hidden, _taken(hidden[::-1], count)[::-1]) for count in _few(tries)]
    worst = [_area(good, bad, hidden, _taken(hidden, count)) for count in _few(tries)]
    return Bounds(_extreme(worst, np.fmin), _extreme(best, np.fmax))


def observed_figures(folds: Sequence[Fold], name: str, rule: WatchRule) -> dict[str, Any]:
    """One method's AUC four ways: unseen = no hit; the checked alone; the checked weighted; between its bounds."""
    rows = pd.concat([one.rows for one in folds], ignore_index=True)
    hit, score, who = (rows[column].to_numpy() for column in ("hit", name, "subject_id"))
    checked, unseen = rows["checked"].to_numpy(dtype=bool), unobserved(rows)
    weight = inverse_weights(rows["chance_checked"].to_numpy(), checked, rule.weight_most)
    rate = float(hit[checked].mean()) if checked.any() else 0.0
    wide, same = auc_bounds(hit, score, unseen), auc_bounds(hit, score, unseen, round(rate * int(unseen.sum())))
    return {
        **interval("auc", auc_interval(hit, score, who)),
        **interval("auc_checked", _area_of(hit[checked], score[checked], who[checked])),
        **interval("auc_weighted", _area_of(hit[checked], score[checked], who[checked], weight[checked])),
        "worth_of_weights": rounded(float(weight.sum() ** 2 / (weight**2).sum())) if checked.any() else 0,
        "largest_weight": rounded(float(weight.max())),
        "auc_least": rounded(wide.low),
        "auc_most": rounded(wide.high),
        "auc_least_if_alike": rounded(same.low),
        "auc_most_if_alike": rounded(same.high),
    }


def _area_of(hits: np.ndarray, scores: np.ndarray, who: np.ndarray, weights: np.ndarray | None = None) -> Interval:
    """The AUC; nothing is known of it where all or none of the observed were hit."""
    if not 0 < hits.sum() < len(hits):
        return Interval(float("nan"), 0.0, 1.0)
    return auc_interval(hits, scores, who, weights=weights)


def _share(rows: pd.DataFrame, unseen: np.ndarray) -> dict[str, Any]:
    told = share_interval(unseen, groups=rows["subject_id"].to_numpy(dtype=object))
    return {"rows": len(rows), "unseen": int(unseen.sum()), **interval("unseen_share", told)}


def _few(tries: np.ndarray, most: int = 200) -> np.ndarray:
    """All numbers, or evenly so many of them when there are more: the area is smooth in the number."""
    return tries if len(tries) <= most else np.unique(np.linspace(tries[0], tries[-1], most).round().astype(int))


def _taken(hidden: np.ndarray, count: int) -> np.ndarray:
    """How many of the first `count` unseen fall to each score, in the order given."""
    above = np.cumsum(hidden) - hidden
    return np.clip(count - above, 0, hidden)


def _area(good: np.ndarray, bad: np.ndarray, hidden: np.ndarray, hits: np.ndarray) -> float:
    hit, miss = good + hits, bad + hidden - hits
    if not hit.sum() or not miss.sum():
        return float("nan")
    below = np.cumsum(miss) - miss
    return float((hit * (below + miss / 2)).sum() / (hit.sum() * miss.sum()))


def _extreme(areas: Sequence[float], which: np.ufunc) -> float:
    return float(which.reduce(np.array(areas)))
