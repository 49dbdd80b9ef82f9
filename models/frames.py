"""What may an estimator be given, and what is refused? (输入检查)

Shared by the classifiers: frames and arrays are checked as scikit-learn does, with three differences. Columns of a
frame are taken by name, so another column order is put right instead of refused; missing values are welcome; and
training rows are put into an order of their own, so that no sum, and so no score, depends on the order given.
"""

from __future__ import annotations

import warnings
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

#: With fewer events or non-events a model is too thin to be used (`thin_`).
FEW_EVENTS = 50


class FrameClassifier(ClassifierMixin, BaseEstimator):
    """Two classes on frames with numbers, categories and missing values; needs `decision_function` (log-odds)."""

    classes_: np.ndarray

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

    def _rows(self, X: Any, y: Any, sample_weight: Any) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
        """(frame, 0/1 float[n], weights float[n]): the rows with a weight above 0, in their own order.

        Sets `classes_`, `n_features_in_`, `feature_names_in_`, `thin_`.
        """
        frame = self._frame(X, reset=True)
        check_consistent_length(frame, y)
        labels = column_or_1d(y, warn=True)
        check_classification_targets(labels)
        weights = _check_sample_weight(sample_weight, frame, dtype=np.float64, ensure_non_negative=True)
        used = weights > 0
        if not used.any():
            raise ValueError("样本权重全为零（sample weights are all zero）：请给出大于零的权重")
        self.classes_, hits = np.unique(labels, return_inverse=True)
        if len(self.classes_) > 2:
            kind = type_of_target(labels, input_name="y", raise_unknown=True)
            raise ValueError(f"Only binary classification is supported. The type of the target is {kind}. 只能分两类")
        if len(np.unique(hits[used])) < 2:
            raise ValueError("训练数据只有一类（one class only）：既要有事件，也要有非事件，才能训练")
        frame, hits, weights = frame[used], hits[used].astype(float), weights[used]
        order = np.lexsort((weights, hits, pd.util.hash_pandas_object(frame[sorted(frame)], index=False)))
        self.thin_ = bool(min(hits.sum(), len(hits) - hits.sum()) < FEW_EVENTS)
        if self.thin_:
            warnings.warn(f"事件或非事件不足 {FEW_EVENTS} 个：这个模型不可靠，不应投入使用", UserWarning, stacklevel=4)
        return frame.iloc[order], hits[order], weights[order]

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
        _check_feature_names(self, X, reset=reset)
        _check_n_features(self, X, reset=reset)
        if reset and not len(X):
            raise ValueError("没有训练数据：Found array with 0 sample(s)")
        return X.set_axis([str(name) for name in X.columns], axis=1)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        tags.input_tags.categorical = True
        tags.input_tags.string = True
        return tags
