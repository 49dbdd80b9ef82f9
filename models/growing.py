"""How are the challenger's trees learned? (树的训练)

Columns become small codes (weighted quantiles, so that ranks alone count); scikit-learn's HistGradientBoosting grows
trees of at most eight splits on them, each variable only in its declared direction; a sigmoid on out-of-fold log-odds
makes probabilities of them (Platt 1999). Rows stand in an order of their own and folds follow from what a row, or its
group, is, so nothing depends on the order given or on the number of cores.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from models.binning import MOST_CATEGORIES, readable_cut
from models.bins import NUMBERS, category_key, factorized, kind_of, numbers_of
from models.forest import MISSING, SPLITS, WHOLE, Column, Forest
from models.logistic import fit_coefficients
from models.monotone import fine_bins

#: Intervals of numbers and categories told apart; further categories count as unseen.
MOST_CODES = 250
#: Fewer rows are grown on one core: threads would mostly wait for one another, for minutes on a busy machine.
MANY_ROWS = 100_000
_SIGN = {"up": 1, "down": -1, "": 0}


@dataclass(frozen=True)
class Settings:
    """How trees are grown. See `ChallengerClassifier`."""

    iterations: int
    learning_rate: float
    max_leaves: int
    min_leaf: int
    l2: float
    seed: int


@dataclass(frozen=True)
class Rows:
    """Training rows as codes uint8[n, columns], 0/1 events, weights > 0, and the unit that folds must not part."""

    codes: np.ndarray
    hits: np.ndarray
    weights: np.ndarray
    unit: np.ndarray

    def part(self, chosen: np.ndarray) -> Rows:
        return Rows(self.codes[chosen], self.hits[chosen], self.weights[chosen], self.unit[chosen])


@dataclass(frozen=True)
class Sigmoid:
    """Calibrated log-odds = `intercept` + `slope` × raw; `folds`: out of how many folds (0: not calibrated)."""

    intercept: float
    slope: float
    folds: int


def learn_column(values: pd.Series, weights: np.ndarray, direction: str | None, label: str, unit: str) -> Column:
    """The codes of one column. Raises ValueError for dates, identifiers, lists and infinite values."""
    kind, name = kind_of(values), str(values.name)
    if kind in NUMBERS:
        numbers = numbers_of(values, name)
        there = ~np.isnan(numbers)
        fine = fine_bins(numbers[there], weights[there], weights[there], MOST_CODES)
        edges = tuple(
            readable_cut(float(low), float(high)) for low, high in zip(fine.highest[:-1], fine.lowest[1:], strict=True)
        )
        start = None if fine.lowest.size and fine.lowest[0] < 0 else 0
        column = Column(name, label or name, unit, kind, direction or "", edges, (), MISSING, start)
    else:
        column = Column(name, label or name, unit, kind, "", (), _categories(values, name, weights), MISSING)
    return replace(column, usual=_usual(column, column.codes(values), weights))


def _categories(values: pd.Series, name: str, weights: np.ndarray) -> tuple[str, ...]:
    """The most frequent categories, in the order of their names."""
    found, uniques = factorized(values, name)
    names, place = np.unique([category_key(value) for value in uniques] or [""], return_inverse=True)
    if len(names) > MOST_CATEGORIES:
        raise ValueError(f"列「{name}」有 {len(names):,} 个不同的值，像是编号而不是特征：请去掉或先归类")
    there = found >= 0
    counts = np.bincount(place[found[there]], weights[there], len(names))
    often = np.lexsort((names, -counts))[:MOST_CODES]
    return tuple(str(one) for one in names[np.sort(often[counts[often] > 0])])


def _usual(column: Column, codes: np.ndarray, weights: np.ndarray) -> int:
    """The weighted median of numbers, the most frequent category; missing when most values are."""
    counts = np.bincount(codes, weights, 256)
    if column.kind not in NUMBERS:
        return int(counts.argmax())
    if counts[MISSING] * 2 > counts.sum():
        return MISSING
    return int(np.searchsorted(np.cumsum(counts[:MISSING]), counts[:MISSING].sum() / 2))


def row_marks(codes: np.ndarray) -> np.ndarray:
    """uint64[n]: a number for what each row is, the same for equal rows."""
    factors = np.random.default_rng(20260101).integers(1, 2**63, size=(codes.shape[1],), dtype=np.uint64) | np.uint64(1)
    marks = np.zeros(len(codes), dtype=np.uint64)
    for place, factor in enumerate(factors):
        marks = (marks ^ codes[:, place]) * factor
        marks ^= marks >> np.uint64(29)
    return marks


def grown(rows: Rows, columns: tuple[Column, ...], settings: Settings) -> Any:
    """scikit-learn's booster on the codes."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # two seconds: only where something is learned

    booster = HistGradientBoostingClassifier(
        learning_rate=settings.learning_rate,
        max_iter=settings.iterations,
        max_leaf_nodes=settings.max_leaves,
        min_samples_leaf=settings.min_leaf,
        l2_regularization=settings.l2,
        max_bins=255,
        categorical_features=[each.kind not in NUMBERS for each in columns],
        monotonic_cst=[_SIGN[each.direction] for each in columns],
        early_stopping=False,
        random_state=settings.seed,
    )
    with threadpool_limits(1 if len(rows.hits) < MANY_ROWS else None, user_api="openmp"):
        return booster.fit(_numbers(rows.codes), rows.hits, sample_weight=rows.weights)


def _numbers(codes: np.ndarray) -> np.ndarray:
    """float[n, columns]: codes as the booster takes them."""
    return np.where(codes == MISSING, np.nan, codes)


def calibrated(rows: Rows, columns: tuple[Column, ...], settings: Settings, most: int) -> Sigmoid:
    """The sigmoid of log-odds that were said of each row by trees that had not seen its unit.

    With fewer than two units with events, or without, there is nothing to learn it from: folds 0, log-odds as they are.
    """
    folds, fold = _folds(rows, most)
    if folds < 2:
        return Sigmoid(0.0, 1.0, 0)
    raw = np.empty(len(rows.hits))
    for one in range(folds):
        booster = grown(rows.part(fold != one), columns, settings)
        raw[fold == one] = booster.decision_function(_numbers(rows.codes[fold == one]))
    events, others = float(rows.weights @ rows.hits), float(rows.weights @ (1 - rows.hits))
    aims = np.where(rows.hits > 0, (events + 1) / (events + 2), 1 / (others + 2))
    found = fit_coefficients(raw[:, None], aims, rows.weights, 0.0)
    return Sigmoid(found.intercept, float(found.coefficients[0]), folds)


def _folds(rows: Rows, most: int) -> tuple[int, np.ndarray]:
    """(how many, intp[n]): units dealt out in turn, those with an event first, so that every fold has some of both."""
    units, place = np.unique(rows.unit, return_inverse=True)
    event = np.bincount(place, rows.hits, len(units)) > 0
    other = np.bincount(place, 1 - rows.hits, len(units)) > 0
    turn = np.where(event, np.cumsum(event), event.sum() + np.cumsum(~event)) - 1
    folds = min(most, int(event.sum()), int(other.sum()))
    fold = (turn % max(folds, 1))[place]
    seen = [np.unique(rows.hits[fold != one]).size for one in range(folds)]
    return (folds if min(seen, default=0) == 2 else 0), fold


def planted(booster: Any, columns: tuple[Column, ...], sigmoid: Sigmoid) -> Forest:
    """The booster's trees as a `Forest`, calibrated, in whole billionths; trees without a split go into its base."""
    trees = [predictor for step in booster._predictors for predictor in step]
    split = [one for one in trees if one.get_n_leaf_nodes() > 1 and sigmoid.slope > 0]
    flat = sum(float(one.nodes["value"][0]) for one in trees if one.get_n_leaf_nodes() == 1)
    base = sigmoid.intercept + sigmoid.slope * (float(booster._baseline_prediction.ravel()[0]) + flat)
    forest = bare(columns, base, len(split))
    for place, one in enumerate(split):
        _plant(forest, place, one, sigmoid.slope)
    return forest


def bare(columns: tuple[Column, ...], log_odds: float, trees: int = 0) -> Forest:
    """A forest whose trees say nothing yet: everybody gets `log_odds`."""
    shape = (trees, SPLITS)
    return Forest(
        columns,
        _whole(log_odds),
        np.zeros(shape, dtype=np.uint16),
        np.zeros((*shape, 32), dtype=np.uint8),
        np.zeros((*shape, 2), dtype=np.int16),
        np.zeros((trees, SPLITS + 1), dtype=np.int64),
    )


def _plant(forest: Forest, place: int, tree: Any, slope: float) -> None:
    """One tree of the booster into the forest's arrays."""
    nodes = tree.nodes
    leaf = nodes["is_leaf"].astype(bool)
    number = np.where(leaf, -np.cumsum(leaf), np.cumsum(~leaf) - 1)
    forest.leaves[place, : leaf.sum()] = [_whole(slope * value) for value in nodes["value"][leaf].tolist()]
    for split, node in enumerate(nodes[~leaf]):
        forest.features[place, split] = node["feature_idx"]
        forest.children[place, split] = number[node["right"]], number[node["left"]]
        if node["is_categorical"]:
            words = tree.raw_left_cat_bitsets[node["bitset_idx"]]
            left = np.unpackbits(words.astype("<u4").view(np.uint8), bitorder="little").astype(bool)
        else:
            left = np.arange(256) <= node["num_threshold"]
        left[MISSING] = node["missing_go_to_left"]
        forest.goes_left[place, split] = np.packbits(left, bitorder="little")


def _whole(value: float) -> int:
    """Log-odds in whole billionths."""
    return round(value * WHOLE)
