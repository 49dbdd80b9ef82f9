"""Who is checked, and how much must each of the checked count to stand for those who were not? (受检的可能性)

The inverse of the chance to be checked, stabilised and clipped (Hernán & Robins 2020, chapter 12). It mends only the choice
that the record explains: what inspectors went by and never wrote down stays.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

#: The chance to be checked is learned from these, on the log scale, and from sector and county.
_COUNTS = ("checks_365", "findings_365", "penalties_365", "vehicles", "staff", "age_days")
_PLACES = ("sector", "county")
#: Where the weights are cut off on both sides, besides the most that one enterprise may count.
_TAILS = (0.01, 0.99)


def chance_checked(frame: pd.DataFrame, checked: np.ndarray) -> np.ndarray:
    """float[n] in (0, 1): the chance to be checked, by a logistic regression on what was known on the day.

    `frame`: features. Where all or none were checked there is nothing to learn, and the share itself is given.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    if checked.all() or not checked.any():
        return np.full(len(frame), checked.mean())
    counts = np.log1p(frame[list(_COUNTS)].to_numpy(dtype=float).clip(min=0))
    places = pd.get_dummies(frame[list(_PLACES)].astype(str), dtype=float).to_numpy()
    known = np.hstack([StandardScaler().fit_transform(counts), places])
    order = np.lexsort((*known.T, checked))
    model = LogisticRegression(C=1.0, max_iter=500).fit(known[order], checked[order])
    return model.predict_proba(known)[:, 1]


def inverse_weights(chance: np.ndarray, checked: np.ndarray, most: float) -> np.ndarray:
    """float[n]: 0 for the unchecked; for the checked the share checked over the own chance, its tails clipped, at most `most`.

    Stabilised: the weights of the checked are about 1 on average.
    """
    if not checked.any():
        return np.zeros(len(chance))
    raw = checked.mean() / chance[checked]
    low, high = np.quantile(raw, _TAILS)
    weights = np.zeros(len(chance))
    weights[checked] = np.clip(raw, low, min(high, most))
    return weights
