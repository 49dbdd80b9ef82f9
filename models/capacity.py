"""How long is the list that each county can work off, and who is on it? (各县检查能力)

A county's capacity is what it did: the checks made there in the days before. Lists are county by county, because an inspector
of one county does not visit another. Where the border of a list runs through equal scores, each of them is on it with the same
chance: no figure depends on the order of rows.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from models.evaluate import Ties, hits_at_k


def capacity(frame: pd.DataFrame, checks: pd.DataFrame) -> dict[str, int]:
    """County → how many enterprises of `frame` can be visited: the checks made of enterprises there, at most all of them.

    `checks`: rows of `data/sql/backtest/check.sql` of the days before.
    """
    county = pd.Series(frame["county"].to_numpy(dtype=object), index=frame["subject_id"].to_numpy(dtype=object))
    made = checks["subject_id"].map(county).value_counts()
    here = frame["county"].value_counts()
    return {name: int(min(made.get(name, 0), here[name])) for name in sorted(here.index)}


def chance_listed(scores: np.ndarray, county: np.ndarray, k: Mapping[str, int]) -> np.ndarray:
    """float[n]: with which chance each row is among the `k` highest scores of its county."""
    listed = np.zeros(len(scores))
    for name, most in k.items():
        here = np.flatnonzero(county == name)
        if most and len(here):
            listed[here] = _chance(scores[here], most)
    return listed


def _chance(scores: np.ndarray, k: int) -> np.ndarray:
    _, code, size = np.unique(-scores, return_inverse=True, return_counts=True)
    above = np.cumsum(size) - size
    return (np.clip(k - above, 0, size) / size)[code]


def hits_listed(hits: np.ndarray, scores: np.ndarray, county: np.ndarray, k: Mapping[str, int], ties: Ties) -> float:
    """Hits on all the lists together, equal scores at a border as `hits_at_k` says."""
    found = 0.0
    for name, most in k.items():
        here = county == name
        if most and hits[here].any():
            found += hits_at_k(hits[here], scores[here], most, ties)
    return found


def overlap(before: pd.DataFrame, after: pd.DataFrame) -> float:
    """Share of the list of one day that was on the list of the other, both drawn apart where scores are equal.

    Frames with `subject_id` and `listed` (the chance to be on the list). NaN when nobody is on the later list.
    """
    was = pd.Series(before["listed"].to_numpy(), index=before["subject_id"].to_numpy(dtype=object))
    now = after["listed"].to_numpy()
    held = was.reindex(after["subject_id"].to_numpy(dtype=object)).fillna(0.0).to_numpy()
    return float((now * held).sum() / now.sum()) if now.sum() > 0 else float("nan")
