"""What does a set of small trees say about each row of a frame, and which variable says how much of it? (树模型)

The artefact of the challenger: columns, splits and leaves, applied with numpy and pandas only (no scikit-learn).
A tree has at most eight splits, so the outcomes of its splits on a row are one byte, and all it can ever say stands in
a table of 256 entries. Leaves are whole billionths of log-odds: sums are exact, in whatever order, on every machine.

    log-odds of an event = (base + Σ leaf of each tree) / 10⁹

Reasons are Shapley values against one usual row (Shapley 1953; "baseline" in Sundararajan & Najmi 2020): the average,
over all orders of changing the usual row's values into this row's, of what a value changes when it is its turn. They
are computed exactly, tree by tree, and add up to the row's log-odds less those of the usual row to the last billionth.
A variable that may only push up with its value never presses down a row whose value is above the usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd

from models.bins import NUMBERS, category_key, factorized, interval_words, numbers_of, raw_values
from models.shares import shares_of_trees

#: One whole log-odds.
WHOLE = 10**9
#: Splits a tree can have: their outcomes are one byte.
SPLITS = 8
#: The code of a missing value, and of a category that the training never saw.
MISSING = 255
#: Columns of `reasons()`, in this order.
REASONS = ("row", "ordinal", "variable", "value", "usual", "log_odds_vs_usual")
_BLOCK = 512


@dataclass(frozen=True)
class Column:
    """How one column becomes small codes. `edges`: code = how many of them are ≤ the number; `categories`: its place.

    `kind` as in `models.bins.KINDS`; `direction` `'up'`, `'down'` or "" (free); `usual`: the code of the usual row;
    `start`: the smallest whole number there can be (None: there is none).
    """

    name: str
    label: str
    unit: str
    kind: str
    direction: str
    edges: tuple[float, ...]
    categories: tuple[str, ...]
    usual: int
    start: int | None = None

    def codes(self, values: pd.Series) -> np.ndarray:
        """uint8[n]. Raises ValueError for text in a number column and for infinity."""
        if self.kind in NUMBERS:
            numbers = numbers_of(values, self.name)
            return np.where(np.isnan(numbers), MISSING, np.searchsorted(self.edges, numbers, side="right")).astype(np.uint8)
        found, uniques = factorized(values, self.name)
        place = {category: code for code, category in enumerate(self.categories)}
        known = [place.get(category_key(value), MISSING) for value in uniques]
        return np.array([*known, MISSING], dtype=np.uint8)[found]

    @property
    def usual_words(self) -> str:
        """The usual row's value in Chinese words."""
        if self.usual == MISSING:
            return "缺失"
        if self.kind not in NUMBERS:
            return self.categories[self.usual]
        return interval_words(self.edges, self.kind, f" {self.unit}" if self.unit else "", self.start)[self.usual]


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees on codes. Shapes: T trees, each with SPLITS splits of which unused ones are all zero.

    features : uint16[T, SPLITS], the column of each split.
    goes_left : uint8[T, SPLITS, 32], one bit per code (the first is the lowest bit): does a row of it go left?
    children : int16[T, SPLITS, 2], (right, left): a split from 0 up, or a leaf from -1 down.
    leaves : int64[T, SPLITS + 1], billionths of log-odds.
    base : billionths of log-odds before any tree.
    """

    columns: tuple[Column, ...]
    base: int
    features: np.ndarray
    goes_left: np.ndarray
    children: np.ndarray
    leaves: np.ndarray

    def __getstate__(self) -> dict[str, Any]:
        """What is kept: the fields, not what was worked out from them."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def plain(self) -> dict[str, Any]:
        """As plain JSON, to the last bit: columns, base, and of each tree its splits (column, codes that go left as hex,
        then right and left, a split from 0 up or a leaf from -1 down) and its leaves."""
        used = self.children.any(axis=2).sum(axis=1)
        trees = []
        for place, splits in enumerate(used.tolist()):
            left = [each.tobytes().hex() for each in self.goes_left[place, :splits]]
            where = zip(self.features[place].tolist(), left, self.children[place].tolist(), strict=False)
            whole = [[column, codes, *children] for column, codes, children in where]
            trees.append({"splits": whole, "leaves": self.leaves[place, : splits + 1].tolist()})
        return {"base": self.base, "columns": [asdict(each) for each in self.columns], "trees": trees}

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> Self:
        """The forest of `plain`. Raises KeyError, TypeError or ValueError for anything else."""
        given: list[dict[str, Any]] = told["columns"]
        columns = tuple(
            replace(Column(**each), edges=tuple(each["edges"]), categories=tuple(each["categories"])) for each in given
        )
        shape = (len(told["trees"]), SPLITS)
        features, goes_left = np.zeros(shape, dtype=np.uint16), np.zeros((*shape, 32), dtype=np.uint8)
        children, leaves = np.zeros((*shape, 2), dtype=np.int16), np.zeros((shape[0], SPLITS + 1), dtype=np.int64)
        for place, tree in enumerate(told["trees"]):
            leaves[place, : len(tree["leaves"])] = tree["leaves"]
            for split, (column, codes, right, left) in enumerate(tree["splits"]):
                features[place, split], children[place, split] = column, (right, left)
                goes_left[place, split] = np.frombuffer(bytes.fromhex(codes), dtype=np.uint8)
        return cls(columns, int(told["base"]), features, goes_left, children, leaves)

    def codes(self, frame: pd.DataFrame) -> np.ndarray:
        """uint8[n, columns]. Raises ValueError when a column is missing or cannot be read."""
        missing = [each.name for each in self.columns if each.name not in frame.columns]
        if missing:
            raise ValueError(f"缺少模型要用的列：{'、'.join(missing)}")
        codes = np.empty((len(frame), len(self.columns)), dtype=np.uint8)
        for place, each in enumerate(self.columns):
            codes[:, place] = each.codes(frame[each.name])
        return codes

    def log_odds(self, frame: pd.DataFrame) -> np.ndarray:
        """float[n]: log-odds of an event."""
        total = np.full(len(frame), self.base, dtype=np.int64)
        for rows, outcomes in self._outcomes(self.codes(frame)):
            total[rows] += self._said.ravel()[outcomes + self._starts].sum(axis=1)
        return total / WHOLE

    def contributions(self, frame: pd.DataFrame) -> pd.DataFrame:
        """int64[n, columns], index of `frame`: billionths of log-odds by which each value moves the row from the usual row.

        Together they are the row's log-odds less `usual_log_odds`, to the last billionth.
        """
        names = [each.name for each in self.columns]
        return pd.DataFrame(self.moved(self.codes(frame)), index=frame.index, columns=names)

    @cached_property
    def usual_log_odds(self) -> int:
        """Billionths of log-odds of the usual row."""
        usual = np.array([[each.usual for each in self.columns]], dtype=np.uint8)
        return self.base + sum(int(self._said.ravel()[outcomes + self._starts].sum()) for _, outcomes in self._outcomes(usual))

    def reasons(self, frame: pd.DataFrame, top: int = 3) -> pd.DataFrame:
        """The variables that move each row furthest from the usual row, at most `top` per row.

        Grain: row × ordinal. `row` is the position in `frame` (0…), `ordinal` counts from 1, `value` the raw value (None
        when missing), `usual` the usual row's value in words, `log_odds_vs_usual` the Shapley value: above 0 pushes up
        推高, below 0 presses down 压低. Ties in the order of the columns.
        """
        moved = self.moved(self.codes(frame))
        order = np.argsort(-np.abs(moved), axis=1, kind="stable")[:, : max(top, 0)]
        size = np.take_along_axis(moved, order, axis=1)
        row, rank = np.nonzero(size)
        which = order[row, rank]
        value = np.empty(len(row), dtype=object)
        for place in np.unique(which):
            each, here = self.columns[place], which == place
            value[here] = raw_values(each.kind, frame[each.name].iloc[row[here]])
        names = np.array([each.name for each in self.columns], dtype=object)[which]
        usual = np.array([each.usual_words for each in self.columns], dtype=object)[which]
        return pd.DataFrame(dict(zip(REASONS, (row, rank + 1, names, value, usual, size[row, rank] / WHOLE), strict=True)))

    def _outcomes(self, codes: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
        """Block after block of rows: their place, and intp[rows, T]: which of each tree's splits send the row left, as bits."""
        trees, most = len(self.leaves), self._most
        used = self.features[:, :most].ravel()
        places = self._places.reshape(trees, SPLITS)[:, :most].ravel()
        for first in range(0, len(codes) if trees else 0, _BLOCK):
            block = codes[first : first + _BLOCK]
            left = self._left[places + block[:, used]].reshape(-1, most)
            outcomes = np.packbits(left, axis=1, bitorder="little").reshape(len(block), trees)
            yield slice(first, first + len(block)), outcomes.astype(np.intp)

    def moved(self, codes: np.ndarray) -> np.ndarray:
        """int64[n, columns]: Shapley values in billionths."""
        moved = np.zeros(codes.shape, dtype=np.int64)
        shares = self._shares
        if not len(shares.tree):
            return moved
        starts = np.flatnonzero(np.diff(shares.column, prepend=-1))
        for rows, outcomes in self._outcomes(codes):
            said = shares.table.ravel()[outcomes[:, shares.tree] + np.arange(len(shares.tree)) * 256]
            moved[rows, shares.column[starts]] = np.add.reduceat(said, starts, axis=1)
        return moved

    @cached_property
    def _left(self) -> np.ndarray:
        """uint8[T × SPLITS × 256]: 1 where a code goes left."""
        return np.unpackbits(self.goes_left, axis=2, bitorder="little").ravel()

    @cached_property
    def _places(self) -> np.ndarray:
        """intp[T × SPLITS]: where the codes of each split begin in `_left`."""
        return np.arange(self.features.size) * 256

    @cached_property
    def _most(self) -> int:
        """How many splits the largest tree has: the further places of all trees are empty and send no row left."""
        return int(np.flatnonzero(self.children.any(axis=(0, 2))).max(initial=0)) + 1

    @cached_property
    def _starts(self) -> np.ndarray:
        """intp[T]: where the entries of each tree begin in `_said`."""
        return np.arange(len(self.leaves)) * 256

    @cached_property
    def _said(self) -> np.ndarray:
        """int64[T, 256]: the leaf for each outcome of a tree's splits."""
        tree, outcome = np.ogrid[: len(self.leaves), :256]
        at = np.zeros((len(self.leaves), 256), dtype=np.intp)
        for _ in range(SPLITS):
            split = np.maximum(at, 0)
            at = np.where(at < 0, at, self.children[tree, split, outcome >> split & 1])
        return self.leaves[tree, -1 - at]

    @cached_property
    def _shares(self) -> Any:
        usual = np.array([[each.usual for each in self.columns]], dtype=np.uint8)
        (outcomes,) = [found[0] for _, found in self._outcomes(usual)] or [np.zeros(0, dtype=np.intp)]
        return shares_of_trees(self._said, self.features, self.children, outcomes)
