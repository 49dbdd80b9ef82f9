"""How well does a score rank the enterprises, how surely, and how many days sooner would it have found them? (评价)

All functions take arrays of one length: `hits` 0/1 (1 = the event happened), `scores` (higher = riskier; only their
order matters), `groups` the subject each row belongs to (rows of one enterprise are not independent). Equal scores
are never decided by the order of rows: they count half, on average, or as the worst case, as said.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from models.calibration import wilson

Ties = Literal["expected", "worst", "best"]


class Interval(NamedTuple):
    """A value and its confidence interval."""

    value: float
    low: float
    high: float


class DaysSooner(NamedTuple):
    """What re-ordering the same checks by score would have changed; NaN when there was no hit."""

    mean_days_sooner: float
    later_share: float
    first_half_share: float


def auc(hits: Any, scores: Any, weights: Any = None) -> float:
    """Area under the ROC curve: the chance that a hit scores above a miss, ties counting half (Mann–Whitney).

    Raises ValueError when hits or misses are lacking.
    """
    hit, code, weight = _prepared(hits, scores, weights)
    most = int(code.max()) + 1
    good, bad = np.bincount(code, weight * hit, most), np.bincount(code, weight * (1 - hit), most)
    below = np.cumsum(bad) - bad
    return float((good * (below + bad / 2)).sum() / (good.sum() * bad.sum()))


def auc_interval(hits: Any, scores: Any, groups: Any = None, level: float = 0.95, weights: Any = None) -> Interval:
    """AUC with its interval: DeLong (1988), for rows clustered by `groups` Obuchowski (1997). Closed form.

    With `weights` (of the rows, taken as given) the interval is that of the weighted AUC.
    """
    value, influence = _auc_influence(hits, scores, weights)
    return _interval(value, influence, groups, level, 0.0)


def auc_difference(hits: Any, scores: Any, others: Any, groups: Any = None, level: float = 0.95) -> Interval:
    """auc(scores) − auc(others) on the same rows, with the paired interval."""
    value, influence = _auc_influence(hits, scores)
    other, influence_of_other = _auc_influence(hits, others)
    return _interval(value - other, influence - influence_of_other, groups, level, -1.0)


def bootstrap_interval(
    metric: Callable[[np.ndarray], float], groups: Any, draws: int = 1000, seed: int = 0, level: float = 0.95
) -> Interval:
    """Percentile interval of any figure, subjects drawn with replacement, all rows of a subject together.

    `metric(rows)` takes row positions (a row may come several times) and returns the figure; NaN draws are left out.
    `groups` [n]: the subject of each row. Same seed, same interval.
    """
    code = _codes(groups)
    order = np.argsort(code, kind="stable")
    size = np.bincount(code)
    start = np.cumsum(size) - size
    draw = np.random.default_rng(seed)
    figures = np.empty(draws)
    for place in range(draws):
        drawn = draw.integers(len(size), size=len(size))
        taken = size[drawn]
        within = np.arange(taken.sum()) - np.repeat(np.cumsum(taken) - taken, taken)
        figures[place] = metric(order[np.repeat(start[drawn], taken) + within])
    low, high = np.nanquantile(figures, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(metric(np.arange(len(code)))), float(low), float(high))


def average_precision(hits: Any, scores: Any) -> float:
    """Mean precision over the hits, equal scores taken together (as scikit-learn does)."""
    hit, code, weight = _prepared(hits, scores, None, both=False)
    return _average_precision(hit, code, weight)


def average_precision_interval(
    hits: Any, scores: Any, groups: Any, draws: int = 200, seed: int = 0, level: float = 0.95
) -> Interval:
    """Average precision with the percentile interval of subjects drawn with replacement (grouped bootstrap)."""
    hit, code, weight = _prepared(hits, scores, None, both=False)
    group = _codes(groups)
    count, draw = int(group.max()) + 1, np.random.default_rng(seed)
    figures = []
    for _ in range(draws):
        times = np.bincount(draw.integers(count, size=count), minlength=count)[group].astype(float)
        if (hit * times).any():
            figures.append(_average_precision(hit, code, times))
    low, high = np.quantile(figures, [(1 - level) / 2, (1 + level) / 2])
    return Interval(_average_precision(hit, code, weight), float(low), float(high))


def _average_precision(hit: np.ndarray, code: np.ndarray, weight: np.ndarray) -> float:
    found = np.cumsum(np.bincount(code, hit * weight)[::-1])
    taken = np.cumsum(np.bincount(code, weight)[::-1])
    gained = np.diff(found, prepend=0)
    share = np.divide(found, taken, out=np.zeros_like(found), where=taken > 0)
    return float((gained * share).sum() / found[-1])


def mean_interval(values: Any, groups: Any = None, weights: Any = None, level: float = 0.95) -> Interval:
    """The weighted mean of numbers with its normal interval, rows of one subject together (linearised ratio)."""
    value = np.asarray(values, dtype=float)
    weight = np.ones(len(value)) if weights is None else np.asarray(weights, dtype=float)
    total = float(weight.sum())
    if total <= 0:
        return Interval(float("nan"), float("nan"), float("nan"))
    mean = float((value * weight).sum() / total)
    return _interval(mean, weight * (value - mean) / total, groups, level, float("-inf"), float("inf"))


def share_interval(values: Any, weights: Any = None, groups: Any = None, level: float = 0.95) -> Interval:
    """The weighted mean of numbers in [0, 1] with Wilson's interval (1927), as many rows as they are worth (Kish 1965).

    `weights` [n] ≥ 0: an indicator picks rows. Rows of one subject and unequal weights make the rows worth fewer. Nothing
    to divide by gives NaN between 0 and 1.
    """
    value = np.asarray(values, dtype=float)
    weight = np.ones(len(value)) if weights is None else np.asarray(weights, dtype=float)
    total = float(weight.sum())
    if total <= 0:
        return Interval(float("nan"), 0.0, 1.0)
    mean = float((value * weight).sum() / total)
    group = np.arange(len(value)) if groups is None else _codes(groups)
    worth = total**2 / float((weight**2).sum())
    variance = float((np.bincount(group, weight * (value - mean)) ** 2).sum()) / total**2
    if variance > 0:
        worth = min(worth, mean * (1 - mean) / variance)
    elif groups is not None:
        worth = min(worth, total**2 / float((np.bincount(group, weight) ** 2).sum()))
    low, high = wilson([mean * worth], [worth], level)
    return Interval(mean, min(float(low[0]), mean), max(float(high[0]), mean))


def precision_at_k(hits: Any, scores: Any, k: int, ties: Ties = "expected") -> float:
    """Share of hits among the `k` highest scores (all rows if there are fewer). See `hits_at_k` for ties."""
    return hits_at_k(hits, scores, k, ties) / min(k, len(np.asarray(hits)))


def recall_at_k(hits: Any, scores: Any, k: int, ties: Ties = "expected") -> float:
    """Share of all hits that are among the `k` highest scores. NaN without any hit."""
    total = float(np.asarray(hits, dtype=float).sum())
    return hits_at_k(hits, scores, k, ties) / total if total else float("nan")


def hits_at_k(hits: Any, scores: Any, k: int, ties: Ties = "expected") -> float:
    """Hits among the `k` highest scores.

    Where the border runs through equal scores: `expected` draws among them at random (mean over all draws), `worst`
    takes the misses first, `best` the hits first. Raises ValueError for k < 1.
    """
    if k < 1:
        raise ValueError(f"k 必须是正整数，给出的是 {k}")
    hit, code, _ = _prepared(hits, scores, None, both=False)
    found, size = np.bincount(code, hit)[::-1], np.bincount(code)[::-1]
    end = np.cumsum(size)
    border = int(np.searchsorted(end, min(k, end[-1])))
    above = float(found[:border].sum())
    room = min(k, int(end[-1])) - int(end[border] - size[border])
    tied_hits, tied = float(found[border]), int(size[border])
    if ties == "expected":
        return above + room * tied_hits / tied
    return above + (max(0.0, room - (tied - tied_hits)) if ties == "worst" else min(float(room), tied_hits))


def days_sooner(dates: Any, hits: Any, scores: Any) -> DaysSooner:
    """How many days sooner the same checks, made on the same days but in the order of the scores, find the hits.

    `dates` [n]: the days on which the checks were really made. The k-th highest score gets the k-th day. Stable:
    equal scores keep their actual order (by day, then as given). The mean and the share found later are over the
    hits; the first-half share is the share of the hits among the first ⌊n/2⌋ checks of the new order.
    Source: Chicago food-inspections-evaluation (2015).
    """
    days = pd.DatetimeIndex(pd.to_datetime(np.asarray(dates))).to_numpy().astype("datetime64[D]")
    hit, score = np.asarray(hits, dtype=bool), np.asarray(scores, dtype=float)
    if not len(days) == len(hit) == len(score):
        raise ValueError(f"日期、结果、分值的个数不同：{len(days)}、{len(hit)}、{len(score)}")
    actual = np.argsort(days, kind="stable")
    days, hit, score = days[actual], hit[actual], score[actual]
    if not hit.any():
        return DaysSooner(float("nan"), float("nan"), float("nan"))
    new = np.argsort(-score, kind="stable")
    sooner = (days[new] - days).astype(int)[hit[new]]
    first_half = hit[new][: len(days) // 2].sum() / hit.sum()
    return DaysSooner(float(sooner.mean()), float((sooner < 0).mean()), float(first_half))


def _prepared(hits: Any, scores: Any, weights: Any, *, both: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(hits as float, rank code of each score from the lowest, weights), checked."""
    hit, score = np.asarray(hits, dtype=float), np.asarray(scores, dtype=float)
    weight = np.ones(len(hit)) if weights is None else np.asarray(weights, dtype=float)
    if not len(hit) == len(score) == len(weight) or not len(hit):
        raise ValueError(f"结果、分值、权重的个数不同或为零：{len(hit)}、{len(score)}、{len(weight)}")
    if np.isnan(score).any() or not np.isin(hit, (0.0, 1.0)).all():
        raise ValueError("结果只能是 0 或 1，分值不能缺失")
    total = float((hit * weight).sum())
    if total <= 0 or (both and total >= float(weight.sum())):
        raise ValueError("只有事件或只有非事件：无法评价排序")
    return hit, np.unique(score, return_inverse=True)[1], weight


def _auc_influence(hits: Any, scores: Any, weights: Any = None) -> tuple[float, np.ndarray]:
    """(AUC, float[n]: how far each row moves it): DeLong's placement values less the AUC, over their class size."""
    hit, code, weight = _prepared(hits, scores, weights)
    good, bad = np.bincount(code, hit * weight), np.bincount(code, (1 - hit) * weight)
    above_bad = ((np.cumsum(bad) - bad / 2) / bad.sum())[code]
    below_good = (1 - (np.cumsum(good) - good / 2) / good.sum())[code]
    value = auc(hits, scores, weights)
    return value, weight * np.where(hit == 1, (above_bad - value) / good.sum(), (below_good - value) / bad.sum())


def _interval(value: float, influence: np.ndarray, groups: Any, level: float, least: float, most: float = 1.0) -> Interval:
    """The normal interval of a mean of independent groups, within [least, most]."""
    by_group = influence if groups is None else np.bincount(_codes(groups), influence)
    count = len(by_group)
    error = float(np.sqrt((by_group**2).sum() * count / max(count - 1, 1)))
    reach = NormalDist().inv_cdf((1 + level) / 2) * error
    return Interval(value, max(least, value - reach), min(most, value + reach))


def _codes(groups: Any) -> np.ndarray:
    """intp[n]: 0, 1, … for each subject, in the order of the subjects (not of the rows)."""
    return np.unique(np.asarray(groups), return_inverse=True)[1]
