"""By which measure is a risk model tested and watched: capacity, weights of the known methods, drift, age, fairness?

`data/rules/model-watch.toml`: versions with the day they take effect. Nothing of it decides about an enterprise; a stale model
or a drifted score is a warning about the model alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import BrokenRule
from data.rulebook import LEVELS

FILE = Path(__file__).resolve().parent / "rules" / "model-watch.toml"
#: The rule's id, in warnings too.
RULE = "model-watch"
#: The sorts of events and the spans of age (lower ends, days) that `data/sql/backtest/past_event.sql` tells.
SORTS = ("检查合格", "检查发现问题", "超限", "轻微", "一般", "较重", "严重")
SPANS = (0, 182, 365, 730)


@dataclass(frozen=True, slots=True)
class Weights:
    """What an event of each sort counts, and by which factor an event of each age (lower end of the span in days)."""

    sorts: Mapping[str, float]
    times: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Warned:
    """How a stale model and a drifted score are warned of: level of each, how many variables are named, what to do."""

    stale: str
    drifted: str
    most_named: int
    todo: str


@dataclass(frozen=True, slots=True)
class WatchRule:
    """One version of the rule; days, shares and ratios as the file explains them."""

    version: str
    basis: str
    capacity_days: int
    capacity_lag_days: int
    stale_days: int
    psi_minor: float
    psi_major: float
    fair_low: float
    fair_high: float
    fair_least: int
    weight_most: float
    warning: Warned
    weighted_rate: Weights
    points_per_event: Weights


def load_watch_rule(day: date, path: Path = FILE) -> WatchRule:
    """The rule in force on a day.

    Raises
    ------
    BrokenRule
        when the file is damaged, no version is in force, or a number is missing, negative or out of order.
    """
    try:
        versions = tomllib.loads(path.read_text(encoding="utf-8"))["version"]
        chosen = max((one for one in versions if one["effective_from"] <= day), key=lambda one: one["effective_from"])
        return _read(chosen)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenRule(
            f"模型检验与监测的规则读不出来：{error}", path.name, "请按 [[version]] 的写法补齐各项，数字不小于 0、由小到大"
        ) from error


def _read(told: dict[str, Any]) -> WatchRule:
    rule = WatchRule(
        version=str(told["version"]),
        basis=str(told["basis"]),
        capacity_days=int(told["capacity_days"]),
        capacity_lag_days=int(told["capacity_lag_days"]),
        stale_days=int(told["stale_days"]),
        psi_minor=float(told["psi_minor"]),
        psi_major=float(told["psi_major"]),
        fair_low=float(told["fair_low"]),
        fair_high=float(told["fair_high"]),
        fair_least=int(told["fair_least"]),
        weight_most=float(told["weight_most"]),
        warning=_warned(told["warning"]),
        weighted_rate=_weights(told, "weighted_rate"),
        points_per_event=_weights(told, "points_per_event"),
    )
    if not (0 < rule.psi_minor < rule.psi_major and 0 < rule.fair_low < 1 < rule.fair_high and rule.weight_most >= 1):
        raise ValueError("psi_minor < psi_major，fair_low < 1 < fair_high，weight_most ≥ 1")
    if min(rule.capacity_days, rule.stale_days, rule.fair_least, rule.capacity_lag_days + 1) < 1:
        raise ValueError("capacity_days、stale_days、fair_least 须是正整数，capacity_lag_days 不小于 0")
    return rule


def _warned(told: dict[str, Any]) -> Warned:
    found = Warned(str(told["stale"]), str(told["drifted"]), int(told["most_named"]), str(told["todo"]).strip())
    if not {found.stale, found.drifted} <= set(LEVELS) or found.most_named < 1 or not found.todo:
        raise ValueError(f"warning 的等级只能是 {'、'.join(LEVELS)}，most_named 须是正整数，todo 不能空着")
    return found


def _weights(told: dict[str, Any], name: str) -> Weights:
    sorts = {sort: float(told[name][sort]) for sort in SORTS}
    times = {span: float(told[f"{name}_times"][str(span)]) for span in SPANS}
    if min(*sorts.values(), *times.values()) < 0:
        raise ValueError(f"{name} 的权重不能是负数")
    return Weights(sorts, times)
