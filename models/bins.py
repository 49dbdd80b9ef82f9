"""Which bin does a value fall into, and what is that bin worth? (分箱)

A `Variable` is one part of a signed scorecard: its cut points, its special values, its groups of categories, and
for each bin the counts it was learned from, its WOE and its points. Bins stand in a fixed order:

    number:    intervals [edge, next edge) · one bin per special value · 缺失
    category:  groups of categories · 缺失 · 未见过的类别

Only numpy and pandas: scoring needs no scikit-learn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

#: What a column can be; `integer` and `boolean` are numbers that are put into words differently.
NUMBERS = frozenset({"number", "integer", "boolean"})
KINDS = NUMBERS | {"category"}
#: What the event rate does from interval to interval → its words; categories have no order and so no shape.
SHAPES = {"up": "越多越高", "down": "越多越低", "peak": "先升后降", "valley": "先降后升", "": ""}
#: The shapes with a turn.
TURNS = frozenset({"peak", "valley"})


@dataclass(frozen=True)
class Bin:
    """One row of the table that is signed. `count` and `events` are sums of sample weights (rows when all are 1)."""

    words: str
    count: float
    events: float
    woe: float
    iv: float
    points: int = 0

    @property
    def event_rate(self) -> float | None:
        """Share of events, None for a bin that the training never saw."""
        return self.events / self.count if self.count else None


@dataclass(frozen=True)
class Variable:
    """One variable of the card: name in the frame, Chinese label, how values become bins, what bins are worth.

    `direction`: which of SHAPES.
    """

    name: str
    label: str
    kind: str
    direction: str
    edges: tuple[float, ...]
    specials: tuple[float, ...]
    groups: tuple[tuple[str, ...], ...]
    bins: tuple[Bin, ...]
    coefficient: float = 0.0

    @property
    def iv(self) -> float:
        """Information value: the sum over the bins (Siddiqi 2006, chapter 6)."""
        return sum(part.iv for part in self.bins)

    @cached_property
    def points(self) -> np.ndarray:
        """int64[bins]: points of each bin."""
        return np.array([part.points for part in self.bins], dtype=np.int64)

    @cached_property
    def log_odds(self) -> np.ndarray:
        """float[bins]: unrounded contribution of each bin to the log-odds."""
        return self.coefficient * np.array([part.woe for part in self.bins])

    @cached_property
    def mean_points(self) -> float:
        """Average points of this variable over the training rows: what a reason is compared with."""
        counts = np.array([part.count for part in self.bins])
        return float((counts * self.points).sum() / counts.sum())

    @cached_property
    def _code_of_category(self) -> dict[str, int]:
        return {category: code for code, group in enumerate(self.groups) for category in group}

    def codes(self, values: pd.Series) -> np.ndarray:
        """intp[n]: the bin of each value. Raises ValueError for text in a number column and for infinity."""
        if self.kind == "category":
            found, uniques = factorized(values, self.name)
            unseen = len(self.bins) - 1
            known = [self._code_of_category.get(category_key(value), unseen) for value in uniques]
            return np.array([*known, unseen - 1], dtype=np.intp)[found]
        return self.codes_of_numbers(numbers_of(values, self.name))

    def codes_of_numbers(self, numbers: np.ndarray) -> np.ndarray:
        """intp[n]: the bin of each float, NaN → 缺失."""
        codes = np.searchsorted(self.edges, numbers, side="right")
        first = len(self.edges) + 1
        for place, special in enumerate(self.specials):
            codes[numbers == special] = first + place
        codes[np.isnan(numbers)] = len(self.bins) - 1
        return codes


def numbers_of(values: pd.Series, name: str) -> np.ndarray:
    """float64[n] with NaN for missing; Decimal, nullable and object columns of numbers are numbers too.

    Raises ValueError when something is no number or infinite: a score is never made up from it.
    """
    if values.dtype.kind in "mMc":
        raise ValueError(f"列「{name}」的类型是 {values.dtype}，不是数：日期请先换算成天数")
    try:
        if values.dtype.kind in "fiub" and isinstance(values.dtype, np.dtype):
            numbers = values.to_numpy(dtype=float)
        else:
            numbers = pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise ValueError(f"列「{name}」里有不是数的值：请把它作为数值列给出，或作为类别列训练") from error
    if np.isinf(numbers).any():
        raise ValueError(f"列「{name}」里有无穷大的值（infinity）：请先改正或改为缺失")
    return numbers


def factorized(values: pd.Series, name: str) -> tuple[np.ndarray, Any]:
    """(code of each value, -1 for missing; the different values). Raises ValueError for lists, dictionaries and infinity."""
    try:
        found, uniques = pd.factorize(values)
    except TypeError as error:
        raise ValueError(f"列「{name}」里有列表或字典：评分卡只用数值和类别") from error
    if any(isinstance(one, float | np.floating | Decimal) and not math.isfinite(one) for one in uniques):
        raise ValueError(f"列「{name}」里有无穷大的值（infinity）：请先改正或改为缺失")
    return found, uniques


def raw_values(kind: str, values: pd.Series) -> np.ndarray:
    """object[n]: values as a reason shows them: number, text, or None when missing."""
    if kind not in NUMBERS:
        plain = values.astype(object)
        return plain.where(values.notna(), None).to_numpy(dtype=object)
    numbers = numbers_of(values, str(values.name))
    whole = kind != "number"
    return np.array([None if np.isnan(one) else int(one) if whole else one for one in numbers.tolist()], dtype=object)


def category_key(value: Any) -> str:
    """The text by which a category is known: 3 and 3.0 are the same, True is 是."""
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    if isinstance(value, float | np.floating | Decimal) and value == int(value):
        return str(int(value))
    return str(value)


def kind_of(values: pd.Series) -> str:
    """Which of KINDS a training column is. Raises ValueError for dates, lists and other things that are no feature."""
    dtype = values.dtype
    if pd.api.types.is_bool_dtype(dtype):
        return "boolean"
    if isinstance(dtype, pd.CategoricalDtype):
        return "category"
    if pd.api.types.is_numeric_dtype(dtype) and dtype.kind != "c":
        return "integer" if _whole(values.to_numpy(dtype=float, na_value=np.nan)) else "number"
    inferred = pd.api.types.infer_dtype(values, skipna=True)
    if inferred in {"decimal", "integer", "floating", "mixed-integer-float"}:
        return "integer" if _whole(pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)) else "number"
    if inferred == "boolean":
        return "boolean"
    if inferred in {"string", "mixed-integer", "mixed", "empty", "categorical"}:
        return "category"
    raise ValueError(f"列「{values.name}」的类型是 {dtype}：评分卡只用数值和类别，日期请先换算成天数")


def _whole(numbers: np.ndarray) -> bool:
    """Are all present values whole numbers?"""
    present = numbers[np.isfinite(numbers)]
    return bool(len(present)) and bool((present == np.floor(present)).all())


def interval_words(edges: Sequence[float], kind: str, unit: str, start: int | None) -> list[str]:
    """The intervals in Chinese words: 「0–2 次」「3 次」「7 次及以上」, 「不足 0.35」「0.35 至不足 0.5」.

    `start`: the smallest whole number there can be (None: there is none, then 「2 次及以下」).
    """
    if not edges:
        return ["全部取值"]
    if kind == "boolean":
        return ["否", "是"]
    told = [number_words(edge) for edge in edges]
    if kind == "integer":
        first = f"{number_words(edges[0] - 1)}{unit or ' '}及以下" if start is None else _span(start, edges[0], unit)
        between = [_span(low, high, unit) for low, high in pairwise(edges)]
    else:
        first = f"不足 {told[0]}{unit}"
        between = [f"{low} 至不足 {high}{unit}" for low, high in pairwise(told)]
    return [first, *between, f"{told[-1]}{unit or ' '}及以上"]


def _span(low: float, end: float, unit: str) -> str:
    """Whole numbers from `low` to before `end`, told by the first and the last: 「3–6 次」."""
    last = number_words(end - 1)
    return f"{last}{unit}" if low == end - 1 else f"{number_words(low)}–{last}{unit}"


def number_words(number: float) -> str:
    """A number as a person writes it, with thousands separators and no more digits than it has."""
    return format(number, ",.10g")
