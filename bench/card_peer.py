"""How well and how fast do others make a scorecard, each as its own manual advises?

Run in the peers' own environment, where nothing of the product is installed: `python bench/card_peer.py NAME FILE`
prints JSON documents, each with all that is known so far: version, AUC per set, seconds for the largest one. The last one
counts, also when there was no time for more. A set that fails is told with its error.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import warnings
from collections.abc import Iterator
from importlib.metadata import version

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

BIG = "big"


class Optbinning:
    """BinningProcess + Scorecard, on all cores."""

    def fit(self, frame: pd.DataFrame, events: np.ndarray) -> None:
        from optbinning import BinningProcess, Scorecard

        self.card = Scorecard(
            binning_process=BinningProcess(list(frame.columns), n_jobs=int(os.environ.get("PEER_JOBS", "1"))),
            estimator=LogisticRegression(max_iter=1000),
            scaling_method="min_max",
            scaling_method_params={"min": 300, "max": 850},
        )
        self.card.fit(frame, events)

    def chance(self, frame: pd.DataFrame) -> np.ndarray:
        return self.card.predict_proba(frame)[:, 1]

    def points(self, frame: pd.DataFrame) -> np.ndarray:
        return self.card.score(frame)


class Toad:
    """Combiner (chi-square merging) + WOETransformer + ScoreCard."""

    def fit(self, frame: pd.DataFrame, events: np.ndarray) -> None:
        import toad

        combiner, woe = toad.transform.Combiner(), toad.transform.WOETransformer()
        combiner.fit(frame, events, method="chi", min_samples=0.05)
        told = woe.fit_transform(combiner.transform(frame), events)
        self.card = toad.ScoreCard(combiner=combiner, transer=woe, max_iter=1000)
        self.card.fit(told, events)

    def chance(self, frame: pd.DataFrame) -> np.ndarray:
        return self.card.predict_proba(frame)[:, 1]

    def points(self, frame: pd.DataFrame) -> np.ndarray:
        return self.card.predict(frame)


class Scorecardpy:
    """woebin + logistic regression + scorecard."""

    def fit(self, frame: pd.DataFrame, events: np.ndarray) -> None:
        import scorecardpy as sc

        told = frame.assign(event=events)
        self.bins = sc.woebin(told, y="event", no_cores=1)
        woe = sc.woebin_ply(told, self.bins, no_cores=1)
        self.columns = [name for name in woe.columns if name != "event"]
        self.model = LogisticRegression(max_iter=1000).fit(woe[self.columns], events)
        self.card = sc.scorecard(self.bins, self.model, self.columns)

    def chance(self, frame: pd.DataFrame) -> np.ndarray:
        import scorecardpy as sc

        return self.model.predict_proba(sc.woebin_ply(frame, self.bins, no_cores=1)[self.columns])[:, 1]

    def points(self, frame: pd.DataFrame) -> np.ndarray:
        import scorecardpy as sc

        return sc.scorecard_ply(frame, self.card)["score"].to_numpy()


PEERS = {"optbinning": Optbinning, "toad": Toad, "scorecardpy": Scorecardpy}


def area(make: type, numbers: np.ndarray, events: np.ndarray, folds: np.ndarray) -> float:
    """Mean AUC over all folds of all partings."""
    frame = pd.DataFrame(numbers, columns=[f"x{place:02d}" for place in range(numbers.shape[1])])
    found = []
    for parting in folds:
        for fold in np.unique(parting):
            model, learn = make(), parting != fold
            model.fit(frame[learn].reset_index(drop=True), events[learn])
            found.append(roc_auc_score(events[~learn], model.chance(frame[~learn].reset_index(drop=True))))
    return float(np.mean(found))


def timed(make: type, numbers: np.ndarray, events: np.ndarray) -> dict[str, float]:
    """Seconds to fit all rows, and to give 100,000 of them points."""
    frame = pd.DataFrame(numbers, columns=[f"x{place:02d}" for place in range(numbers.shape[1])])
    model = make()
    started = time.perf_counter()
    model.fit(frame, events)
    fitted = time.perf_counter()
    model.points(frame.iloc[:100_000])
    return {"fit": fitted - started, "score": time.perf_counter() - fitted}


def main(name: str, path: str, part: str) -> Iterator[dict[str, object]]:
    """What is known after each step, sets of few columns first: of a slow peer is told what it came to.

    `part`: `areas` for the AUC of every set but the largest, `big` for the seconds and the AUC of the largest, `fit` for its
    seconds only.
    """
    told: dict[str, object] = {"version": version(name), "areas": {}, "errors": {}}
    importlib.import_module(name)  # seconds that are not counted
    with np.load(path) as arrays:
        for one in sorted({key.split("/")[0] for key in arrays}, key=lambda one: arrays[f"{one}/X"].shape[1]):
            if (one == BIG) == (part == "areas"):
                continue
            numbers, events, folds = arrays[f"{one}/X"], arrays[f"{one}/y"], arrays[f"{one}/folds"]
            try:
                if one == BIG:
                    told |= timed(PEERS[name], numbers, events)
                    yield told
                if part != "fit":
                    told["areas"][one] = area(PEERS[name], numbers, events, folds)  # type: ignore[index]
            except Exception as error:  # a peer's own failure is a result
                told["errors"][one] = f"{type(error).__name__}: {str(error)[:200]}"  # type: ignore[index]
            yield told


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for answer in main(*sys.argv[1:4]):
        print("\n" + json.dumps(answer), flush=True)
