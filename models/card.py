"""What does the signed scorecard say about each row of a frame? (评分卡)

The artefact: bins, coefficients and integer points, readable as JSON, applied with numpy and pandas only (no
scikit-learn, no pickle). `ScorecardClassifier` makes it; refresh scores with it. Columns are taken by name, their
order and further columns do not matter. Higher = riskier. Points are internal and no "credit score".

    log-odds of an event = intercept + Σ coefficient × WOE           (unrounded: `log_odds`, `probability`)
    points               = base points + Σ points of the bins        (integers: `points`, `reasons`)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from models.bins import KINDS, SHAPES, Bin, Variable, raw_values

FORMAT = "xinjian-scorecard/1"
#: Columns of `table()`, in this order.
TABLE = ("variable", "label", "shape", "bin", "count", "events", "event_rate", "woe", "iv", "points")
#: Columns of `reasons()`, in this order.
REASONS = ("row", "ordinal", "variable", "bin", "value", "points_vs_mean")


@dataclass(frozen=True)
class Scorecard:
    """A scorecard. `pdo`: points that double the odds; `base_points` stand for all rows before any bin is looked at.

    `count` and `events` are the sums of weights it was learned from.
    """

    variables: tuple[Variable, ...]
    intercept: float
    base_points: int
    pdo: float
    count: float
    events: float

    def codes(self, frame: pd.DataFrame) -> np.ndarray:
        """intp[n, variables]: the bin of each value. Raises ValueError when a column is missing or cannot be read."""
        missing = [part.name for part in self.variables if part.name not in frame.columns]
        if missing:
            raise ValueError(f"缺少评分卡要用的列：{'、'.join(missing)}")
        codes = np.empty((len(frame), len(self.variables)), dtype=np.intp, order="F")
        for place, part in enumerate(self.variables):
            codes[:, place] = part.codes(frame[part.name])
        return codes

    def log_odds(self, frame: pd.DataFrame) -> np.ndarray:
        """float[n]: unrounded log-odds of an event."""
        codes, total = self.codes(frame), np.full(len(frame), self.intercept)
        for place, part in enumerate(self.variables):  # one after the other: one row gives the same bits as many
            total += part.log_odds[codes[:, place]]
        return total

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """float[n]: probability of an event, from the unrounded log-odds."""
        return 1 / (1 + np.exp(-self.log_odds(frame)))

    def points(self, frame: pd.DataFrame) -> np.ndarray:
        """int64[n]: base points plus the points of each row's bins."""
        return self.base_points + self._bin_points(self.codes(frame)).sum(axis=1, dtype=np.int64)

    def contributions(self, frame: pd.DataFrame) -> pd.DataFrame:
        """int64[n, variables], index of `frame`: the points of each variable; with `base_points` they sum to `points`."""
        names = [part.name for part in self.variables]
        return pd.DataFrame(self._bin_points(self.codes(frame)), index=frame.index, columns=names)

    @property
    def mean_points(self) -> float:
        """Average points of all training rows."""
        return self.base_points + sum(part.mean_points for part in self.variables)

    def reasons(self, frame: pd.DataFrame, top: int = 3) -> pd.DataFrame:
        """The variables that move each row furthest from the average, at most `top` per row.

        Grain: row × ordinal. `row` is the position in `frame` (0…), `ordinal` counts from 1, `bin` its Chinese words,
        `value` the raw value (None when missing), `points_vs_mean` the points of the bin less the average points of
        the variable over the training rows: above 0 pushes up 推高, below 0 presses down 压低. All variables'
        differences together are the row's points less `mean_points`. Ties in the order of the card.
        """
        codes = self.codes(frame)
        away = self._bin_points(codes) - np.array([part.mean_points for part in self.variables])
        order = np.argsort(-np.abs(away), axis=1, kind="stable")[:, : max(top, 0)]
        size = np.take_along_axis(away, order, axis=1)
        row, rank = np.nonzero(np.abs(size) > 1e-9)
        which = order[row, rank]
        words, value = np.empty(len(row), dtype=object), np.empty(len(row), dtype=object)
        for place in np.unique(which):
            part, here = self.variables[place], which == place
            words[here] = self._words[place][codes[row[here], place]]
            value[here] = raw_values(part.kind, frame[part.name].iloc[row[here]])
        names = np.array([part.name for part in self.variables], dtype=object)[which]
        return pd.DataFrame(dict(zip(REASONS, (row, rank + 1, names, words, value, size[row, rank]), strict=True)))

    def table(self) -> pd.DataFrame:
        """The table an official signs, grain: variable × bin, columns TABLE; the first row is 基础分 (all rows)."""
        rate = self.events / self.count
        rows: list[tuple[Any, ...]] = [("", "基础分", "", "全部", self.count, self.events, rate, 0.0, 0.0, self.base_points)]
        for part in self.variables:
            for one in part.bins:
                figures = (one.count, one.events, one.event_rate, one.woe, one.iv, one.points)
                rows.append((part.name, part.label, SHAPES[part.direction], one.words, *figures))
        table = pd.DataFrame(rows, columns=list(TABLE))
        return table.astype({"event_rate": float})

    def _bin_points(self, codes: np.ndarray) -> np.ndarray:
        """int64[n, variables]: points of each variable's bin."""
        points = np.empty(codes.shape, dtype=np.int64)
        for place, part in enumerate(self.variables):
            points[:, place] = part.points[codes[:, place]]
        return points

    @cached_property
    def _words(self) -> list[np.ndarray]:
        return [np.array([one.words for one in part.bins], dtype=object) for part in self.variables]

    def to_json(self) -> str:
        """Readable JSON; `from_json` gives the same card to the last bit."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Scorecard:
        """The card of `to_json`. Raises ValueError when the text is no scorecard of this format."""
        try:
            plain = json.loads(text)
            if plain.pop("format") != FORMAT:
                raise ValueError("another format")
            variables = tuple(_variable(part) for part in plain.pop("variables"))
            return cls(variables=variables, **plain)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"这不是 {FORMAT} 格式的评分卡：{error}") from error


def _variable(plain: Mapping[str, Any]) -> Variable:
    """One variable from its JSON. Raises ValueError when its bins do not fit its cut points or groups."""
    read = dict(plain)
    bins = tuple(Bin(**one) for one in read.pop("bins"))
    groups = tuple(tuple(group) for group in read.pop("groups"))
    part = Variable(**{**read, "edges": tuple(read["edges"]), "specials": tuple(read["specials"])}, groups=groups, bins=bins)
    expected = len(groups) + 2 if part.kind == "category" else len(part.edges) + 1 + len(part.specials) + 1
    if part.kind not in KINDS or len(bins) != expected or list(part.edges) != sorted(part.edges):
        raise ValueError(f"变量「{part.name}」的分箱与切点对不上")
    if part.direction not in SHAPES:
        raise ValueError(f"变量「{part.name}」的走向「{part.direction}」不认识")
    return part
