"""What may an estimator be given, and what is refused? (输入检查)

Shared by the classifiers: frames and arrays are checked as scikit-learn does, with three differences. Columns of a
frame are taken by name, so another column order is put right instead of refused; missing values are welcome; and
training rows are put into an order of their own, so that no sum, and so no score, depends on the order given.
Further or lacking columns, doubled names, infinity, dates and a single class are refused in a sentence; a frame of no
rows is answered with no scores.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import (
    _check_feature_names,
    _check_n_features,
    _check_sample_weight,
    check_array,
    check_consistent_length,
    column_or_1d,
)

from models.bins import factorized

#: With fewer events or non-events a model is too thin to be used (`thin_`).
FEW_EVENTS = 50


class FrameClassifier(ClassifierMixin, BaseEstimator):
    """Two classes on frames with numbers, categories and missing values; needs `decision_function` (log-odds)."""

    classes_: np.ndarray
    feature_names_in_: np.ndarray

    def decision_function(self, X: Any) -> np.ndarray:
        """float[n]: log-odds of `classes_[1]`."""
        raise NotImplementedError

    def predict_proba(self, X: Any) -> np.ndarray:
        """float[n, 2]: probabilities of `classes_`, from the unrounded log-odds."""
        chance = 1 / (1 + np.exp(-self.decision_function(X)))
        return np.column_stack([1 - chance, chance])

    def predict(self, X: Any) -> np.ndarray:
        """[n]: the more probable class."""
        above = self.decision_function(X) > 0
        return self.classes_[above.astype(int)]

    def _rows(
        self, X: Any, y: Any, sample_weight: Any, groups: Any = None
    ) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
        """(frame, 0/1 float[n], weights float[n], groups uint64[n]): the rows with a weight above 0, in their own order.

        `groups` comes back as hashes of its labels, all 0 when none is given.
        Sets `classes_`, `n_features_in_`, `feature_names_in_`, `thin_`.
        """
        frame = self._frame(X, reset=True)
        check_consistent_length(frame, y, groups)
        labels = column_or_1d(y, warn=True)
        check_classification_targets(labels)
        weights = _check_sample_weight(
            sample_weight, frame, dtype=np.float64, ensure_non_negative=True, allow_all_zero_weights=True
        )
        used = weights > 0
        if not used.any():
            raise ValueError("样本权重全为零：Sample weights must contain at least one non-zero number. 请给出大于零的权重")
        self.classes_, hits = np.unique(labels, return_inverse=True)
        if len(self.classes_) > 2:
            kind = type_of_target(labels, input_name="y", raise_unknown=True)
            raise ValueError(f"Only binary classification is supported. The type of the target is {kind}. 只能分两类")
        if len(np.unique(hits[used])) < 2:
            raise ValueError("训练数据只有一类（one class only）：既要有事件，也要有非事件，才能训练")
        frame, hits, weights, who = frame[used], hits[used].astype(float), weights[used], _hashes(groups, len(frame))[used]
        order = np.lexsort((who, weights, hits, _row_hashes(frame)))
        self.thin_ = bool(min(hits.sum(), len(hits) - hits.sum()) < FEW_EVENTS)
        if self.thin_:
            warnings.warn(f"事件或非事件不足 {FEW_EVENTS} 个：这个模型不可靠，不应投入使用", UserWarning, stacklevel=4)
        return frame.iloc[order], hits[order], weights[order], who[order]

    def _check_bounds(self, bounds: Mapping[str, tuple[float, float]]) -> None:
        """Refuses parameters that mean nothing. `bounds`: parameter → the least and the largest it may be."""
        for name, (least, largest) in bounds.items():
            if not least <= getattr(self, name) <= largest:
                raise ValueError(f"参数 {name}={getattr(self, name)!r} 超出范围：应在 {least} 与 {largest} 之间")

    def _check_columns(self, frame: pd.DataFrame, *parameters: str) -> None:
        """Refuses a parameter (mapping by column) that names a column which is not there, and unknown directions."""
        named = {column for each in parameters for column in getattr(self, each) or {}}
        if unknown := sorted(map(str, named - set(frame.columns))):
            raise ValueError(f"{' 或 '.join(parameters)} 里的列不在数据中：{'、'.join(unknown)}")
        for name, direction in (getattr(self, "directions", None) or {}).items():
            if direction not in {"up", "down", None}:
                raise ValueError(f"列「{name}」的方向「{direction}」不认识：只能是 'up'、'down' 或 None")

    def _frame(self, X: Any, *, reset: bool = False) -> pd.DataFrame:
        """X as a frame with text column names; a frame in another column order is put in order."""
        if not isinstance(X, pd.DataFrame):
            _check_feature_names(self, X, reset=reset)
            array = check_array(X, dtype=None, ensure_all_finite=False, estimator=self)
            _check_n_features(self, array, reset=reset)
            return pd.DataFrame(array, columns=[f"x{place}" for place in range(array.shape[1])])
        known = getattr(self, "feature_names_in_", None)
        if not reset and known is not None and np.array_equal(X.columns.to_numpy(), known):
            return X
        if X.columns.has_duplicates:
            raise ValueError(f"列名重复：{'、'.join(map(str, X.columns[X.columns.duplicated()].unique()))}")
        if not reset and known is not None and set(known) == set(X.columns):
            X = X[list(known)]
        self._check_names(X, reset)
        _check_n_features(self, X, reset=reset)
        if reset and not (len(X) and len(X.columns)):
            nothing = "行：Found array with 0 sample(s)" if len(X.columns) else "列：Found array with 0 feature(s)"
            raise ValueError(f"没有训练数据，表里没有{nothing}")
        return X.set_axis([str(name) for name in X.columns], axis=1)

    def _check_names(self, X: pd.DataFrame, reset: bool) -> None:
        """Refuses a frame with other columns than in training, as scikit-learn does, and says which in Chinese."""
        try:
            if not reset and not len(X.columns) and hasattr(self, "feature_names_in_"):
                raise ValueError("没有一列")
            _check_feature_names(self, X, reset=reset)
        except ValueError as error:
            known = [str(name) for name in self.feature_names_in_]
            given = [str(name) for name in X.columns]
            told = {"多出": [one for one in given if one not in known], "缺少": [one for one in known if one not in given]}
            sides = "；".join(f"{word} {'、'.join(names)}" for word, names in told.items() if names)
            raise ValueError(f"表里的列与训练时不同，{sides}：请只给出训练时的列。{error}") from error

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        tags.input_tags.categorical = True
        tags.input_tags.string = True
        return tags


def _row_hashes(frame: pd.DataFrame) -> np.ndarray:
    """uint64[n]: a number for what each row says, whatever the order of columns."""
    try:
        return pd.util.hash_pandas_object(frame[sorted(frame)], index=False).to_numpy()
    except TypeError:  # something that cannot be hashed: the column is named
        for name in frame:
            factorized(frame[name], str(name))
        raise


def _hashes(groups: Any, rows: int) -> np.ndarray:
    """uint64[n]: a number for each group's label, whatever the order of rows; 0 when there are no groups."""
    if groups is None:
        return np.zeros(rows, dtype=np.uint64)
    labels = column_or_1d(groups)
    if pd.isna(labels).any():
        raise ValueError("分组（groups）里有缺失：每一行都要写明属于哪一组")
    return pd.util.hash_array(np.array([str(one) for one in labels.tolist()], dtype=object), categorize=True)
