"""Is the model in use still of its time? One row per thing watched; a finding where it is not. (模型监测)

The age since the last day it learned from, the score (PSI) and each variable (CSI) against the rows it learned from, as the
model's own file tells them. Borders: `data/rules/model-watch.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data.model_watch import WatchRule
from models.card import Scorecard
from models.drift import DRIFTED, UNSURE, Stability, of_card, stability
from models.registry import RiskModel

STALE, FRESH = "陈旧", "不陈旧"
#: Bins of equal size that the points of the training rows are told in.
SPREAD = 10


def spread_of(card: Scorecard, frames: Sequence[pd.DataFrame]) -> dict[str, list[int]]:
    """How the points of the rows learned from are spread: the lowest points of each bin but the first, rows per bin."""
    points = np.concatenate([card.points(frame) for frame in frames])
    edges = np.unique(np.quantile(points, np.arange(1, SPREAD) / SPREAD, method="lower"))
    return {"edges": edges.astype(int).tolist(), "counts": _counted(points, edges).tolist()}


def watch(model: RiskModel, now: pd.DataFrame, day: date, rule: WatchRule) -> pd.DataFrame:
    """The rows of the table `model_watch` but its id: age first, then score, then the variables in the order of the card."""
    rows = [_age(model, day, rule), _score(model, now, rule)]
    titles = {part.name: part.label for part in model.scorecard.variables}
    rows += [_row("csi", one, titles[one.name]) for one in of_card(model.scorecard, now, rule)]
    return pd.DataFrame(rows).assign(watched_on=day)


def _age(model: RiskModel, day: date, rule: WatchRule) -> dict[str, Any]:
    days = (day - model.trained_to).days
    stale = days > rule.stale_days
    said = f"模型学到 {model.trained_to}，距今 {days} 天，{'超过' if stale else '没有超过'} {rule.stale_days} 天"
    return {
        "measure": "age", "name": "trained_to", "title": "最后学习日", "value": float(days), "noise": None,
        "verdict": STALE if stale else FRESH, "finding": stale, "sentence": said + ("，应重新训练" if stale else ""),
    }  # fmt: skip


def _score(model: RiskModel, now: pd.DataFrame, rule: WatchRule) -> dict[str, Any]:
    spread = model.told.get("spread")
    if not spread:
        return {
            "measure": "psi", "name": "points", "title": "风险分", "value": None, "noise": None,
            "verdict": UNSURE, "finding": False, "sentence": "这个模型登记时没有记下分数的分布，无从比较",
        }  # fmt: skip
    points = model.scorecard.points(now)
    told = stability("points", np.array(spread["counts"]), _counted(points, np.array(spread["edges"])), rule)
    return _row("psi", told, "风险分")


def _row(measure: str, one: Stability, title: str) -> dict[str, Any]:
    known = not np.isnan(one.index)
    drifted = one.verdict == DRIFTED
    said = f"{title}的分布与训练时相比{one.verdict}" + (f"（稳定性指数 {one.index:.3f}）" if known else "")
    return {
        "measure": measure, "name": one.name, "title": title, "value": one.index if known else None,
        "noise": one.noise if known else None, "verdict": one.verdict, "finding": drifted,
        "sentence": said + ("，应查明原因或重新训练" if drifted else ""),
    }  # fmt: skip


def _counted(points: np.ndarray, edges: np.ndarray) -> np.ndarray:
    return np.bincount(np.searchsorted(edges, points, side="right"), minlength=len(edges) + 1)
