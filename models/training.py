"""What does the record teach about who is penalised next, and how well would it have been foreseen? (训练与回看)

One `Period` per past day: the features known then and who was hit afterwards. The scorecard that is signed learns from all
periods; how good it is, is told by others that learned only from days whose outcome was known on the test day (out of
time), beside two baselines: last year's count, and chance. Intervals are clustered by enterprise (Obuchowski 1997).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data.errors import BrokenModel
from data.risk_classes import RiskClasses
from models.baselines import LastYearCount, RandomRanking
from models.calibration import bands
from models.challenger import ChallengerClassifier
from models.evaluate import auc_interval, average_precision, precision_at_k, recall_at_k
from models.features import load_features
from models.labels import fit_days
from models.scorecard import ScorecardClassifier
from models.scoring import Band, thin_reasons

#: How many of the last days are tests, which share of a city can be visited, and the fewest hits worth learning from.
TESTS, CAPACITY, FEWEST_HITS = 4, 0.05, 50
LAST_YEAR = "penalties_365"
METHODS = ("model", "challenger", "last_year", "random")
#: The estimator's settings, part of the model's id.
PARAMETERS: dict[str, Any] = {
    "max_bins": 8,
    "bin_cost": 2.0,
    "min_bin_share": 0.01,
    "turns": True,
    "min_iv": 0.005,
    "l2": 30.0,
    "pdo": 40.0,
}
#: The challenger's, chosen on cities of other seeds than the demo's (decision 0035); its folds serve the calibration alone.
CHALLENGER: dict[str, Any] = {
    "iterations": 120, "learning_rate": 0.03, "max_leaves": 3, "min_leaf": 400, "l2": 200.0, "folds": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """One past day: the frame of `data/sql/risk/features.sql`, and whether each row was hit in the 180 days after.

    `ended`: the same frame with penalties that are no longer published, where a training may learn from them; tests and
    scores never see it.
    """

    day: date
    features: pd.DataFrame
    hit: np.ndarray
    ended: pd.DataFrame | None = None

    @property
    def lesson(self) -> pd.DataFrame:
        """The frame to learn from."""
        return self.features if self.ended is None else self.ended


@dataclass(frozen=True, slots=True)
class Measure:
    """How well one ranking did: AUC with its interval, average precision, precision and recall among the top 5 %."""

    auc: float
    low: float
    high: float
    average_precision: float
    precision_at_5: float
    recall_at_5: float


@dataclass(frozen=True, slots=True)
class Trial:
    """One test day, or all of them together (`day` None): what was fitted until when, and each method's measure."""

    day: date | None
    fitted_to: date | None
    rows: int
    positives: int
    base_rate: float
    measures: dict[str, Measure]


@dataclass(frozen=True)
class Trained:
    """What training gives: the estimator and its challenger, what they learned from, the out-of-time tests and the bands."""

    scorecard: ScorecardClassifier
    challenger: ChallengerClassifier
    days: tuple[date, ...]
    rows: int
    positives: int
    tests: tuple[Trial, ...]
    bands: tuple[Band, ...]
    thin: Mapping[str, Band]


def train(periods: Sequence[Period], classes: RiskClasses, seed: int, begins: Callable[[], None] = lambda: None) -> Trained:
    """Learn the scorecard and its challenger from all periods and test both out of time.

    `begins` is called as each test begins (one per period, at most `TESTS`), and as the learning from all periods does.

    Raises
    ------
    BrokenModel
        when there is no period, or fewer than 50 hits in all: nothing is learned from so little.
    """
    rows, positives = sum(len(one.hit) for one in periods), sum(int(one.hit.sum()) for one in periods)
    if positives < FEWEST_HITS:
        raise BrokenModel(
            f"可以学习的历史太少：{len(periods)} 个训练日里只有 {positives} 户次受到“一般”及以上处罚，至少要 {FEWEST_HITS}",
            "训练数据",
            "请先补录往年的检查和处罚（land --backfill）再训练；在此之前风险提示一律为证据不足",
        )
    tested = []
    for one in periods[-TESTS:]:
        begins()
        tested.append(_tried(periods, one, classes, seed))
    told = (
        pd.concat([each for each in tested if each is not None], ignore_index=True)
        if any(each is not None for each in tested)
        else None
    )
    begins()
    return Trained(
        scorecard=fitted(periods),
        challenger=fitted_challenger(periods),
        days=tuple(one.day for one in periods),
        rows=rows,
        positives=positives,
        tests=_tests(told),
        bands=_bands(told),
        thin=_thin(told),
    )


def fitted(periods: Sequence[Period]) -> ScorecardClassifier:
    """The scorecard learned from all rows of some past days."""
    features = load_features()
    frame = pd.concat([one.lesson[list(features)] for one in periods], ignore_index=True)
    hit = np.concatenate([one.hit for one in periods])
    return ScorecardClassifier(
        directions={name: each.direction for name, each in features.items()},
        specials={name: each.specials for name, each in features.items() if each.specials},
        labels={name: each.title for name, each in features.items()},
        units={name: each.unit for name, each in features.items()},
        **PARAMETERS,
    ).fit(frame, hit)


def fitted_challenger(periods: Sequence[Period], **others: Any) -> ChallengerClassifier:
    """The challenger learned from the same rows, an enterprise never on both sides of its calibration.

    `others`: settings other than those of `CHALLENGER`.
    """
    features = load_features()
    frame = pd.concat([one.lesson for one in periods], ignore_index=True)
    hit = np.concatenate([one.hit for one in periods])
    return ChallengerClassifier(
        directions={name: each.direction for name, each in features.items()},
        labels={name: each.title for name, each in features.items()},
        units={name: each.unit for name, each in features.items()},
        **{**CHALLENGER, **others},
    ).fit(frame[list(features)], hit, groups=frame["subject_id"])


def _tried(periods: Sequence[Period], test: Period, classes: RiskClasses, seed: int) -> pd.DataFrame | None:
    """One row per enterprise of the test day with each method's score; None when there was too little to learn from."""
    allowed = set(fit_days([one.day for one in periods], test.day))
    before = [one for one in periods if one.day in allowed]
    if sum(int(one.hit.sum()) for one in before) < FEWEST_HITS or not 0 < test.hit.sum() < len(test.hit):
        return None
    scorecard, known = fitted(before), test.features[list(load_features())]
    return pd.DataFrame(
        {
            "day": test.day,
            "fitted_to": before[-1].day,
            "subject_id": test.features["subject_id"].to_numpy(dtype=object),
            "hit": test.hit,
            "model": scorecard.decision_function(known),
            "challenger": fitted_challenger(before, folds=1).decision_function(known),
            "last_year": LastYearCount(LAST_YEAR).score(test.features),
            "random": RandomRanking(seed).score(test.features),
            "points": scorecard.card_.points(test.features),
            "thin": thin_reasons(test.features, classes),
        }
    )


def _tests(told: pd.DataFrame | None) -> tuple[Trial, ...]:
    """Day by day, and last all days together."""
    if told is None:
        return ()
    days = [_test(rows, day) for day, rows in told.groupby("day", sort=True)]
    return (*days, _test(told, None))


def _test(rows: pd.DataFrame, day: Any) -> Trial:
    hits = int(rows["hit"].sum())
    return Trial(
        day=day,
        fitted_to=rows["fitted_to"].iloc[0] if day is not None else None,
        rows=len(rows),
        positives=hits,
        base_rate=round(hits / len(rows), 6),
        measures={name: _measured(rows, name) for name in METHODS},
    )


def _measured(rows: pd.DataFrame, name: str) -> Measure:
    hit, score = rows["hit"].to_numpy(), rows[name].to_numpy(dtype=float)
    area = auc_interval(hit, score, rows["subject_id"].to_numpy())
    most = max(int(len(rows) * CAPACITY), 1)
    figures = (*area, average_precision(hit, score), precision_at_k(hit, score, most), recall_at_k(hit, score, most))
    return Measure(*(round(float(each), 6) for each in figures))


def _bands(told: pd.DataFrame | None) -> tuple[Band, ...]:
    """How often who had such points, with enough evidence, was hit on the test days; from the lowest points up."""
    if told is None or not told.loc[told["thin"].isna(), "hit"].any():
        return ()
    known = told[told["thin"].isna()]
    return _as_bands(bands(known["points"].to_numpy(), known["hit"].to_numpy(), groups=known["subject_id"].to_numpy()))


def _thin(told: pd.DataFrame | None) -> dict[str, Band]:
    """Why there was too little to say of an enterprise → how often such enterprises were hit on the test days."""
    if told is None:
        return {}
    together = [
        (str(why), _as_bands(bands(np.zeros(len(rows)), rows["hit"].to_numpy(), (), groups=rows["subject_id"].to_numpy())))
        for why, rows in told.groupby("thin", sort=True)
    ]
    return {why: one for why, (one,) in together}


def _as_bands(frame: pd.DataFrame) -> tuple[Band, ...]:
    return tuple(
        Band(int(one.low), int(one.size_), int(one.events), round(one.rate, 6), round(one.rate_low, 6), round(one.rate_high, 6))
        for one in frame.rename(columns={"size": "size_"}).itertuples(index=False)
    )


def trial_rows(tests: Sequence[Trial]) -> list[dict[str, Any]]:
    """The tests as plain JSON: a row per day, the last one (`day` null) over all of them."""
    return [
        {
            "day": one.day.isoformat() if one.day else None,
            "fitted_to": one.fitted_to.isoformat() if one.fitted_to else None,
            "rows": one.rows,
            "positives": one.positives,
            "base_rate": one.base_rate,
            **{name: asdict(measure) for name, measure in one.measures.items()},
        }
        for one in tests
    ]
