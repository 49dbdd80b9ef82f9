"""On which data are scorecards compared? scikit-learn's own sets and made-up ones, as plain arrays that every peer can read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn import datasets
from sklearn.model_selection import StratifiedKFold

BIG, ROWS, COLUMNS = "big", 200_000, 60
#: A set of fewer rows is parted so many times anew: one parting of 150 rows tells little.
SMALL, FOLDS, PARTINGS = 3_000, 5, 2
#: Set of scikit-learn → the class that is the event (None: what lies above the median). The middle class of the irises has
#: middling measures: its rate rises and falls.
OWN = {"breast_cancer": 0, "diabetes": None, "digits": 8, "iris": 2, "iris-middle": 1, "wine": 1}


def write_sets(folder: Path, quick: bool) -> Path:
    """One file of arrays: `NAME/X`, `NAME/y`, and `NAME/folds` (partings × rows: the fold in which a row is tested)."""
    path = folder / f"card-sets{'-quick' if quick else ''}.npz"
    arrays: dict[str, np.ndarray] = {}
    for name, numbers, events in _sets(quick):
        arrays |= {
            f"{name}/X": numbers,
            f"{name}/y": events.astype(np.int64),
            f"{name}/folds": _folds(events, 1 if quick else PARTINGS),
        }
    np.savez(path, **arrays)
    return path


def read_sets(path: Path) -> Iterator[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    """(name, numbers, 0/1 events, folds) of every set."""
    with np.load(path) as arrays:
        for name in sorted({key.split("/")[0] for key in arrays}):
            yield name, arrays[f"{name}/X"], arrays[f"{name}/y"], arrays[f"{name}/folds"]


def _sets(quick: bool) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    for name, one in OWN.items():
        numbers, target = getattr(datasets, f"load_{name.split('-')[0]}")(return_X_y=True)
        yield name, numbers, target > np.median(target) if one is None else target == one
    made = {"made-1": (20, 8, 0.1, 1), "made-2": (30, 15, 0.05, 2), "made-3": (12, 4, 0.3, 3), "made-4": (60, 10, 0.02, 4)}
    for name, (columns, informative, share, seed) in made.items():
        yield name, *_made(4_000 if quick else 20_000, columns, informative, share, seed)
    yield BIG, *_made(20_000 if quick else ROWS, COLUMNS, 20, 0.1, 5)


def _made(rows: int, columns: int, informative: int, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    return datasets.make_classification(
        rows, columns, n_informative=informative, n_redundant=columns // 5, weights=[1 - share], flip_y=0.02,
        class_sep=0.6, random_state=seed,
    )  # fmt: skip


def _folds(events: np.ndarray, partings: int) -> np.ndarray:
    small = len(events) < SMALL
    folds = np.zeros((partings if small else 1, len(events)), dtype=np.int8)
    for parting, row in enumerate(folds):
        parts = StratifiedKFold(FOLDS if small else 2, shuffle=True, random_state=parting).split(events, events)
        for fold, (_, tested) in enumerate(parts):
            row[tested] = fold
    return folds
