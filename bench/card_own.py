"""How well and how fast are our scorecard and challenger, on the same sets as the peers?

Run as a process of its own: `python -m bench.card_own FILE TIMES` prints one JSON document.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from bench.card_sets import BIG, read_sets
from models.challenger import ChallengerClassifier
from models.evaluate import auc
from models.scorecard import ScorecardClassifier

SCORED, ALONE = 100_000, 200
MODELS: dict[str, Callable[[], Any]] = {"scorecard": ScorecardClassifier, "challenger": ChallengerClassifier}


def area(make: Callable[[], Any], frame: pd.DataFrame, events: np.ndarray, folds: np.ndarray) -> float:
    """Mean AUC over all folds of all partings."""
    found = []
    for parting in folds:
        for fold in np.unique(parting):
            learn = parting != fold
            found.append(auc(events[~learn], make().fit(frame[learn], events[learn]).decision_function(frame[~learn])))
    return float(np.mean(found))


def timed(make: Callable[[], Any], frame: pd.DataFrame, events: np.ndarray, times: int) -> dict[str, Any]:
    """Seconds: fits, scoring 100,000 rows with reasons, and rows one by one with reasons (all of them, sorted)."""
    fits = []
    for _ in range(times):
        started = time.perf_counter()
        model = make().fit(frame, events)
        fits.append(time.perf_counter() - started)
    some = frame.iloc[:SCORED]
    _scored(model, some.iloc[:1])  # the tables that scoring looks into are worked out once
    many = [_scored(model, some) for _ in range(times)]
    alone = sorted(_scored(model, some.iloc[[row]]) for row in range(min(ALONE, len(some))))
    return {"fits": fits, "fit": median(fits), "scored": len(some), "score": median(many), "alone": alone}


def _scored(model: Any, frame: pd.DataFrame) -> float:
    started = time.perf_counter()
    model.decision_function(frame)
    model.reasons(frame)
    return time.perf_counter() - started


def main(path: str, times: str) -> dict[str, Any]:
    """Per model: AUC of every set, and the times of the largest."""
    told: dict[str, Any] = {name: {"areas": {}} for name in MODELS}
    for one, numbers, events, folds in read_sets(Path(path)):
        frame = pd.DataFrame(numbers, columns=[f"x{place:02d}" for place in range(numbers.shape[1])])
        for name, make in MODELS.items():
            told[name]["areas"][one] = area(make, frame, events, folds)
            if one == BIG:
                told[name] |= timed(make, frame, events, int(times) if name == "scorecard" else 1)
    return told


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    answer = main(*sys.argv[1:3])
    print(json.dumps(answer))
