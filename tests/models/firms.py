"""Synthetic firms with a known risk: what the estimators are tested on."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from models.challenger import ChallengerClassifier
from models.scorecard import ScorecardClassifier

WISHES = {
    "directions": {"penalties": "up", "age": "down"},
    "specials": {"penalties": {0: "没有处罚"}},
    "labels": {"penalties": "一年内处罚"},
    "units": {"penalties": "次"},
}


def firms(count: int = 4000, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """(features, 0/1 events, true log-odds) of `count` firms; about one in nine has an event."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "penalties": draw.poisson(1.0, count),
            "age": draw.integers(0, 9000, count),
            "share": np.where(draw.random(count) < 0.2, np.nan, draw.random(count).round(3)),
            "sector": draw.choice(["货运", "客运", "维修", "驾培"], count, p=[0.5, 0.3, 0.15, 0.05]),
            "listed": draw.random(count) < 0.3,
            "noise": draw.normal(size=count),
        }
    )
    odds = -3.4 + 0.5 * frame["penalties"] - frame["age"] / 9000 + frame["share"].fillna(0.2) * 1.5
    odds = (odds + (frame["sector"] == "客运") * 0.6 + frame["listed"] * 0.4).to_numpy()
    return frame, (draw.random(count) < 1 / (1 + np.exp(-odds))).astype(int), odds


@cache
def fitted(count: int = 4000) -> ScorecardClassifier:
    """The scorecard of `firms(count)` with WISHES; shared, do not change."""
    frame, events, _ = firms(count)
    return ScorecardClassifier(**WISHES).fit(frame, events)


@cache
def challenger(count: int = 3000) -> ChallengerClassifier:
    """The challenger of `firms(count)` with the directions of WISHES; shared, do not change."""
    frame, events, _ = firms(count)
    wishes = {name: WISHES[name] for name in ("directions", "labels", "units")}
    return ChallengerClassifier(**wishes, iterations=60, folds=3).fit(frame, events)


@cache
def contrary(count: int = 3000) -> ChallengerClassifier:
    """The challenger, with the directions of WISHES, of firms whose record speaks against them beyond the middle: from two
    penalties on the risk falls, from 4,500 days on it rises, and steeply; only the constraint can hold it. Shared."""
    frame, _, _ = firms(count)
    odds = -2.0 + 1.5 * (1 - (frame["penalties"] - 1).abs()) + (frame["age"] - 4500).abs() / 1500
    events = (np.random.default_rng(4).random(count) < 1 / (1 + np.exp(-odds))).astype(int)
    return ChallengerClassifier(WISHES["directions"], iterations=60, folds=3).fit(frame, events)
