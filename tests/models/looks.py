"""Past days with a known truth: what the backtest's figures are tested on."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.model_watch import load_watch_rule
from models.backtest import Fold, Look, look_back
from models.methods import methods, with_known_methods
from models.training import Period
from tests.models.test_scoring import CLASSES, firms

DAYS = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)]
RULE = load_watch_rule(date(2026, 10, 31))
#: The challenger takes seconds a day and is tried on the city.
METHODS = tuple(one for one in methods(7) if one.name != "challenger")
ROWS = 1200


def hits_of(frame: pd.DataFrame, seed: int, share: float = 0.06) -> np.ndarray:
    """Who is hit: the more findings, the likelier."""
    odds = 0.9 * (frame["findings_365"] - 2) + np.log(share / (1 - share))
    return (np.random.default_rng(seed).random(len(frame)) < 1 / (1 + np.exp(-odds))).astype(int)


def checks_of(frame: pd.DataFrame, start: date, end: date, seed: int, count: int = 900) -> pd.DataFrame:
    """Checks in (start, end] of enterprises drawn at random; the more findings before, the likelier one more."""
    draw = np.random.default_rng(seed)
    met = draw.integers(len(frame), size=count)
    happened = [start + timedelta(int(days)) for days in draw.integers(1, (end - start).days + 1, count)]
    found = draw.random(count) < 1 / (1 + np.exp(2.5 - frame["findings_365"].to_numpy()[met]))
    return pd.DataFrame(
        {
            "subject_id": frame["subject_id"].to_numpy()[met],
            "happened_on": happened,
            "found": found.astype(int),
            "drawn": (draw.random(count) < 0.3).astype(int),
        }
    ).sort_values(["happened_on", "subject_id"], kind="stable", ignore_index=True)


def events_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Checks of the past year, as the features count them."""
    found = pd.DataFrame(
        {"subject_id": frame["subject_id"], "sort": "检查发现问题", "past": 0, "events": frame["findings_365"]}
    )
    clear = pd.DataFrame({"subject_id": frame["subject_id"], "sort": "检查合格", "past": 0, "events": frame["checks_365"] + 1})
    return pd.concat([found, clear], ignore_index=True)


def period(day: date, seed: int) -> Period:
    frame = firms(ROWS, seed)
    return Period(day, with_known_methods(frame, events_of(frame), RULE), hits_of(frame, seed))


def look(one: Period, seed: int) -> Look:
    day = one.day
    earlier = firms(ROWS, seed)
    return Look(
        one,
        with_known_methods(earlier, events_of(earlier), RULE),
        before=checks_of(one.features, day - timedelta(30), day, seed + 50, 80),
        after=checks_of(one.features, day, day + timedelta(180), seed + 90),
    )


def periods() -> list[Period]:
    return [period(day, number) for number, day in enumerate(DAYS)]


def folds() -> list[Fold]:
    """The folds of `periods()`."""
    told = periods()
    return look_back(lambda one: look(one, DAYS.index(one.day)), told, METHODS, CLASSES, RULE)
