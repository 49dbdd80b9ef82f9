"""How is a column turned into bins with a weight of evidence? (分箱与证据权重 WOE)

Numbers are cut so that the event rate only rises, only falls, or turns once (`monotone.py`); missing values and
declared special values have bins of their own; categories are grouped by their event rate after the rare ones were pooled.

WOE of a bin = log-odds of its event rate − log-odds of the overall rate: positive where events are *more* frequent
(higher = riskier). The rate is smoothed with pseudo-events at the overall rate, so that a bin of three rows says
almost nothing. Sample weights count as repeated rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from models.bins import NUMBERS, Bin, Variable, category_key, factorized, interval_words, kind_of, number_words, numbers_of
from models.monotone import CuttingRules, cut, fine_bins, tally

#: More categories than this and the column is an identifier, not a feature.
MOST_CATEGORIES = 500
#: Numbers are first sorted into so many groups of equal weight.
FINE_BINS = 200
#: WOE is kept to so many decimals: readable, and the same on every machine.
DECIMALS = 6


@dataclass(frozen=True)
class Target:
    """What the bins are learned against: events 0/1 and weights of the training rows, and the pseudo-events."""

    hits: np.ndarray
    weights: np.ndarray
    smoothing: float

    @cached_property
    def count(self) -> float:
        """Sum of the weights."""
        return float(self.weights.sum())

    @cached_property
    def events(self) -> float:
        """Weighted events."""
        return float((self.weights * self.hits).sum())

    @property
    def rate(self) -> float:
        """The overall event rate."""
        return self.events / self.count

    def smoothed(self, counts: np.ndarray, events: np.ndarray) -> np.ndarray:
        """Event rate of bins, with pseudo-rows at the overall rate."""
        rows = self.smoothing / min(self.rate, 1 - self.rate)
        return (events + rows * self.rate) / (counts + rows)

    def woe(self, counts: np.ndarray, events: np.ndarray) -> np.ndarray:
        """float[bins]: smoothed weight of evidence, 0 for a bin without rows."""
        rate = self.smoothed(counts, events)
        woe = np.log(rate / (1 - rate)) - math.log(self.rate / (1 - self.rate))
        return np.where(counts > 0, np.round(woe, DECIMALS), 0.0)


@dataclass(frozen=True)
class Wish:
    """What is said about a column before its bins are learned.

    `direction`: `'up'` = more is riskier, `'down'` = less is riskier, None = whichever fits better, a turn included
    where the rules have a `turn_cost`; without meaning for categories. `specials`: number → its words (a bin of its
    own). `label`, `unit`: Chinese words.
    """

    direction: str | None = None
    specials: Mapping[float, str] = field(default_factory=dict)
    label: str = ""
    unit: str = ""


def learn_bins(values: pd.Series, target: Target, rules: CuttingRules, wish: Wish) -> Variable:
    """The bins of one column (no coefficient and no points yet). Raises ValueError for columns that are no feature."""
    kind = kind_of(values)
    if kind not in NUMBERS:
        return _learn_categories(values, target, rules, wish)
    name, numbers = str(values.name), numbers_of(values, str(values.name))
    ordinary = ~(np.isnan(numbers) | np.isin(numbers, list(wish.specials)))
    fine = fine_bins(numbers[ordinary], target.hits[ordinary], target.weights[ordinary], FINE_BINS)
    starts, direction = cut(fine.counts, fine.events, rules, target.smoothed, wish.direction)
    edges = tuple(readable_cut(float(fine.highest[start - 1]), float(fine.lowest[start])) for start in starts[1:])
    unit = f" {wish.unit}" if wish.unit else ""
    smallest = None if fine.lowest.size and fine.lowest[0] < 0 else int(0.0 in wish.specials)
    words = [
        *interval_words(edges, kind, unit, smallest),
        *(text or number_words(special) + unit for special, text in wish.specials.items()),
        "缺失",
    ]
    shape = Variable(name, wish.label or name, kind, direction, edges, tuple(wish.specials), (), _blank(words))
    return _with_woe(shape, shape.codes_of_numbers(numbers), target)


def _learn_categories(values: pd.Series, target: Target, rules: CuttingRules, wish: Wish) -> Variable:
    """Groups of categories in the order of their smoothed event rate; rare ones are pooled first."""
    name = str(values.name)
    found, uniques = factorized(values, name)
    names, code_of = np.unique([category_key(value) for value in uniques] or [""], return_inverse=True)
    if len(names) > MOST_CATEGORIES:
        raise ValueError(f"列「{name}」有 {len(names):,} 个不同的值，像是编号而不是特征：请去掉或先归类")
    present = found >= 0
    counts, events = tally(code_of[found[present]], target.hits[present], target.weights[present], len(names))
    rare = counts < max(rules.least_weight, 1e-12)
    pool = np.where(rare, len(names), np.arange(len(names)))
    members, place = np.unique(pool[counts > 0], return_inverse=True)
    counts, events = np.bincount(place, counts[counts > 0]), np.bincount(place, events[counts > 0])
    order = np.lexsort((members, target.smoothed(counts, events)))
    starts, _ = cut(counts[order], events[order], rules, target.smoothed, "up")
    groups = tuple(
        tuple(str(one) for one in names[np.isin(pool, members[part])]) for part in np.split(order, starts[1:]) if len(part)
    )
    words = [*map(_group_words, groups), "缺失", "训练时没有的类别"]
    shape = Variable(name, wish.label or name, "category", "", (), (), groups, _blank(words))
    return _with_woe(shape, shape.codes(values), target)


def _group_words(group: tuple[str, ...]) -> str:
    """A few categories by name, many by their number."""
    return "、".join(group) if len(group) <= 6 else f"{'、'.join(group[:5])} 等 {len(group)} 类"


def _blank(words: list[str]) -> tuple[Bin, ...]:
    """Bins that have their words only."""
    return tuple(Bin(text, 0.0, 0.0, 0.0, 0.0) for text in words)


def _with_woe(shape: Variable, codes: np.ndarray, target: Target) -> Variable:
    """The variable with the counts, WOE and information value of each bin."""
    counts, events = tally(codes, target.hits, target.weights, len(shape.bins))
    woe = target.woe(counts, events)
    iv = (events / target.events - (counts - events) / (target.count - target.events)) * woe
    learned = zip(shape.bins, counts.tolist(), events.tolist(), woe.tolist(), np.round(iv, DECIMALS).tolist(), strict=True)
    return replace(shape, bins=tuple(Bin(part.words, *figures) for part, *figures in learned))


def readable_cut(low: float, high: float) -> float:
    """The shortest decimal in (low, high]: a cut point that a person can read and that parts the same rows."""
    for digits in range(-12, 17):
        step = 10 ** abs(digits)
        candidate = math.floor(high / step) * float(step) if digits < 0 else math.floor(high * step) / step
        if low < candidate <= high:
            return candidate
    return high
