"""What would a stronger, less readable model say? (挑战模型)

`ChallengerClassifier` is an ordinary scikit-learn classifier on any DataFrame (numbers, categories, missing values):
gradient-boosted trees that keep each variable's declared direction, calibrated on rows their trees had not seen. It
measures what the readability of the scorecard costs. What it learns is a `models.forest.Forest`, which scores and gives
its reasons without scikit-learn.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from models.bins import NUMBERS
from models.forest import SPLITS, WHOLE, Column
from models.frames import FrameClassifier
from models.growing import Rows, Settings, Sigmoid, bare, calibrated, grown, learn_column, planted, row_marks

#: Parameter → the least and the largest it may be.
_BOUNDS = {
    "iterations": (1, 2000),
    "learning_rate": (1e-6, 1),
    "max_leaves": (2, SPLITS + 1),
    "min_leaf": (1, math.inf),
    "l2": (0, math.inf),
    "folds": (1, 50),
    "seed": (0, 2**32 - 1),
}
#: Of so many training rows the importance of the variables is measured.
_LOOKED_AT = 20_000
_METHOD = (
    "每项因素的分量是沙普利值：以“寻常的一户”（各项取中位数或最常见的取值）为起点，把各项逐一换成这一户的取值，"
    "对所有先后次序取平均；各分量之和恰等于两者对数几率之差。"
)


class ChallengerClassifier(FrameClassifier):
    """Two classes; the event is `classes_[1]`.

    Parameters
    ----------
    directions : column → `'up'` (more is riskier), `'down'`, or None (free). Columns not named, and categories: free.
    labels, units : column → Chinese name; column → unit of its numbers (「次」「天」).
    iterations, learning_rate, max_leaves, min_leaf, l2 : of scikit-learn's HistGradientBoosting: trees, shrinkage, leaves
        per tree (at most 9), least rows per leaf (but never more than a twentieth of all), ridge penalty on leaves.
    folds : at most so many parts for the out-of-fold calibration; 1: not calibrated (enough where only the order counts).
    seed : of scikit-learn, which draws 200,000 rows to look at when there are more.

    Attributes
    ----------
    forest_ : the learned `Forest`.
    sigmoid_ : the calibration; with 0 folds there is none: not wanted, or too little to calibrate with (then `fit` warned).
    importance_ : DataFrame (variable, label, direction, usual, mean_log_odds): how far each variable moves a row from the
        usual row on average, the furthest first.
    dropped_ : DataFrame (variable, why) of the columns that tell nothing apart.
    thin_ : fewer than 50 events or non-events; `fit` warns and the model should not be used.
    classes_, n_features_in_, feature_names_in_ (for frames) : as everywhere in scikit-learn.

    Columns of a frame are taken by name: their order, and the order of rows, change no score. A category that training
    did not see counts as missing; a missing value where training saw none goes with the larger part.
    """

    def __init__(
        self,
        directions: Mapping[str, str | None] | None = None,
        labels: Mapping[str, str] | None = None,
        units: Mapping[str, str] | None = None,
        *,
        iterations: int = 150,
        learning_rate: float = 0.03,
        max_leaves: int = 4,
        min_leaf: int = 100,
        l2: float = 20.0,
        folds: int = 5,
        seed: int = 0,
    ) -> None:
        self.directions = directions
        self.labels = labels
        self.units = units
        self.iterations = iterations
        self.learning_rate = learning_rate
        self.max_leaves = max_leaves
        self.min_leaf = min_leaf
        self.l2 = l2
        self.folds = folds
        self.seed = seed

    def fit(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        """Learn trees and calibration from a frame or array (n × p) and n labels of two classes.

        `groups`: n labels (an enterprise, say); rows of one group are never in both parts of a fold. Without them equal
        rows are a group.

        Raises ValueError: one class only, no rows, infinite values, dates, identifiers, doubled column names, groups with
        gaps. Warns (UserWarning): fewer than 50 events or non-events; too little to calibrate with.
        """
        self._check_bounds(_BOUNDS)
        frame, hits, weights, who = self._rows(X, y, sample_weight, groups)
        self._check_columns(frame, "directions")
        learned = [self._learned(frame[name], weights) for name in frame.columns]
        codes = {each.name: each.codes(frame[each.name]) for each in learned}
        kept = sorted(
            (each for each in learned if codes[each.name].min() != codes[each.name].max()),
            key=lambda each: (each.kind in NUMBERS, each.name),
        )
        self._dropped = sorted(codes.keys() - {each.name for each in kept})
        matrix = np.column_stack([codes[each.name] for each in kept]) if kept else np.zeros((len(hits), 0), dtype=np.uint8)
        self._grow(tuple(kept), _in_order(matrix, hits, weights, None if groups is None else who))
        return self

    def _learned(self, values: pd.Series, weights: np.ndarray) -> Column:
        """The codes of one column, with what the parameters say about it."""
        said = ((getattr(self, each) or {}).get(values.name) for each in ("directions", "labels", "units"))
        direction, label, unit = said
        return learn_column(values, weights, direction, label or "", unit or "")

    def _grow(self, columns: tuple[Column, ...], rows: Rows) -> None:
        """Sets what is learned from the rows."""
        least = min(self.min_leaf, max(1, len(rows.hits) // 20))
        settings = Settings(self.iterations, self.learning_rate, self.max_leaves, least, self.l2, self.seed)
        self.counts_ = {"rows": len(rows.hits), "weight": float(rows.weights.sum()), "events": float(rows.weights @ rows.hits)}
        if columns:
            self.sigmoid_ = calibrated(rows, columns, settings, self.folds)
            if self.folds > 1 and not self.sigmoid_.folds:
                warnings.warn("事件或非事件太少，无法校准：概率未经校准", UserWarning, stacklevel=3)
            self.forest_ = planted(grown(rows, columns, settings), columns, self.sigmoid_)
        else:
            rate = self.counts_["events"] / self.counts_["weight"]
            self.sigmoid_, self.forest_ = Sigmoid(0.0, 1.0, 0), bare((), math.log(rate / (1 - rate)))
        few = rows.codes[:_LOOKED_AT], rows.weights[:_LOOKED_AT]
        self._importance = np.round(few[1] @ np.abs(self.forest_.moved(few[0])) / few[1].sum() / WHOLE, 6).tolist()

    @property
    def dropped_(self) -> pd.DataFrame:
        """Grain: column that tells nothing apart."""
        return pd.DataFrame([(name, "取值单一或全部缺失") for name in self._dropped], columns=["variable", "why"])

    @property
    def importance_(self) -> pd.DataFrame:
        """Grain: variable of the trees."""
        rows = [
            (each.name, each.label, each.direction, each.usual_words, figure)
            for each, figure in zip(self.forest_.columns, self._importance, strict=True)
        ]
        rows.sort(key=lambda row: (-row[-1], row[0]))
        return pd.DataFrame(rows, columns=["variable", "label", "direction", "usual", "mean_log_odds"])

    def decision_function(self, X: Any) -> np.ndarray:
        """float[n]: calibrated log-odds of `classes_[1]`, exact to the billionth."""
        check_is_fitted(self)
        return self.forest_.log_odds(self._frame(X))

    def reasons(self, X: Any, top: int = 3) -> pd.DataFrame:
        """Row × ordinal: what moves each row furthest from the usual row. See `Forest.reasons`."""
        check_is_fitted(self)
        return self.forest_.reasons(self._frame(X), top)

    def told(self) -> dict[str, Any]:
        """What a model card says of it, as plain JSON: parameters, rows, calibration, variables, how reasons are made."""
        check_is_fitted(self)
        return {
            "class": type(self).__name__,
            "parameters": {name: value for name, value in self.get_params().items() if name not in {"labels", "units"}},
            **self.counts_,
            "thin": self.thin_,
            "trees": len(self.forest_.leaves),
            "calibration": {
                "folds": self.sigmoid_.folds,
                "intercept": round(self.sigmoid_.intercept, 6),
                "slope": round(self.sigmoid_.slope, 6),
            },
            "usual_log_odds": self.forest_.usual_log_odds / WHOLE,
            "variables": self.importance_.to_dict("records"),
            "dropped": self.dropped_.to_dict("records"),
            "reasons": _METHOD,
        }


def _in_order(codes: np.ndarray, hits: np.ndarray, weights: np.ndarray, who: np.ndarray | None) -> Rows:
    """The rows in an order that follows from what they are, whatever types and order they came in."""
    marks = row_marks(codes)
    unit = marks if who is None else who
    return Rows(codes, hits, weights, unit).part(np.lexsort((unit, weights, hits, marks)))
