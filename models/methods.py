"""Which ways of ranking are tried beside each other, and what does each know? (方法)

A method learns from past days and then scores a day's frame: the scorecard, its stronger challenger, chance, last year's
count, and the two ways known abroad: FMCSA's severity × time ÷ exposure (SMS) and DVSA's points per encounter (OCRS). Their
numbers come beside the features as columns (`with_known_methods`), from the same facts, known on the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import pandas as pd

from data.model_watch import WatchRule, Weights
from models.baselines import LastYearCount, RandomRanking
from models.features import load_features
from models.training import LAST_YEAR, Period, fitted, fitted_challenger

WEIGHTED_RATE, POINTS_PER_EVENT = "weighted_rate", "points_per_event"
CHALLENGER = "challenger"


class Learned(Protocol):
    """What a method made of the past."""

    def score(self, frame: pd.DataFrame, day: date) -> np.ndarray:
        """float[n], higher = riskier; only the order counts."""

    def chance(self, frame: pd.DataFrame) -> np.ndarray | None:
        """float[n]: the probability of being hit; None of a method that says none."""


@dataclass(frozen=True)
class Method:
    """One way of ranking: its key in the figures, its Chinese title, and how it learns."""

    name: str
    title: str
    learn: Callable[[Sequence[Period]], Learned]


class _Classifier:
    """An estimator of ours, fitted on the features of past days."""

    def __init__(self, estimator: object) -> None:
        self.estimator = estimator

    def score(self, frame: pd.DataFrame, day: date) -> np.ndarray:
        return self.estimator.decision_function(frame[list(load_features())])  # type: ignore[attr-defined]

    def chance(self, frame: pd.DataFrame) -> np.ndarray | None:
        return self.estimator.predict_proba(frame[list(load_features())])[:, 1]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Column:
    """The number in one column."""

    column: str

    def score(self, frame: pd.DataFrame, day: date) -> np.ndarray:
        return LastYearCount(self.column).score(frame)

    def chance(self, frame: pd.DataFrame) -> np.ndarray | None:
        return None


@dataclass(frozen=True)
class _Chance:
    """Another drawing every day, over the rows in the order of the subjects."""

    seed: int

    def score(self, frame: pd.DataFrame, day: date) -> np.ndarray:
        place = np.argsort(np.argsort(frame["subject_id"].to_numpy(dtype=object), kind="stable"), kind="stable")
        return RandomRanking(self.seed + day.toordinal()).score(frame)[place]

    def chance(self, frame: pd.DataFrame) -> np.ndarray | None:
        return None


def methods(seed: int) -> tuple[Method, ...]:
    """All methods, the model first."""
    return (
        Method("model", "评分卡", lambda periods: _Classifier(fitted(periods))),
        Method(CHALLENGER, "挑战模型", lambda periods: _Classifier(fitted_challenger(periods))),
        Method("random", "随机抽取", lambda _: _Chance(seed)),
        Method("last_year", "上一年处罚次数", lambda _: _Column(LAST_YEAR)),
        Method(WEIGHTED_RATE, "加权违法率（FMCSA 式）", lambda _: _Column(WEIGHTED_RATE)),
        Method(POINTS_PER_EVENT, "每次平均扣分（OCRS 式）", lambda _: _Column(POINTS_PER_EVENT)),
    )


def with_known_methods(features: pd.DataFrame, events: pd.DataFrame, rule: WatchRule) -> pd.DataFrame:
    """The features with the columns `weighted_rate` and `points_per_event`; who has no event at all has 0.

    `events`: the rows of `data/sql/backtest/past_event.sql` of the same day.
    """
    found = {
        WEIGHTED_RATE: _rate(events, rule.weighted_rate, weigh_each=True),
        POINTS_PER_EVENT: _rate(events, rule.points_per_event, weigh_each=False),
    }
    subjects = features["subject_id"]
    return features.assign(**{name: rate.reindex(subjects).fillna(0.0).to_numpy() for name, rate in found.items()})


def price_of_readability(whole: Mapping[str, Any]) -> str | None:
    """One line on what the readable card costs beside the challenger; None when the challenger was not tried.

    `whole`: `models.backtest_figures.whole`.
    """
    if CHALLENGER not in whole:
        return None
    card, other, ahead = whole["model"], whole[CHALLENGER], whole["model_ahead_of"][CHALLENGER]
    lost, least, most = -ahead["auc"], -ahead["auc_high"], -ahead["auc_low"]
    said = "这是可读的代价" if least > 0 else "评分卡更好，可读没有代价" if most < 0 else "差别在误差之内"
    return (
        f"评分卡 AUC {card['auc']:.3f}，挑战模型 {other['auc']:.3f}，相差 {lost:+.3f}（{least:+.3f} 至 {most:+.3f}）；"
        f"能力内命中 {card['precision_at_k']:.1%} 对 {other['precision_at_k']:.1%}：{said}"
    )


def _rate(events: pd.DataFrame, weights: Weights, *, weigh_each: bool) -> pd.Series:
    """Σ points × time ÷ events (each weighed by its time, or each that counts at all as one), by subject.

    What was met on a check is the check itself: exposure are the checks, and the penalties and readings met without one.
    """
    time = events["past"].map(weights.times).to_numpy(dtype=float)
    count = events["events"].to_numpy(dtype=float)
    exposure = count * (time if weigh_each else (time > 0))
    points = count * time * events["sort"].map(weights.sorts).to_numpy(dtype=float)
    whole = pd.DataFrame({"points": points, "exposure": exposure}).groupby(events["subject_id"].to_numpy(dtype=object)).sum()
    return (whole["points"] / whole["exposure"].where(whole["exposure"] > 0)).fillna(0.0)
