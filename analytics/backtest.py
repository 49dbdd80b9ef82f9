"""How good would the ranking have been on every past quarter end, and what does the record not show? The verb `backtest`.

Reads the published snapshot only. Nothing of the home changes but one file beside the snapshot, which can always be made again;
pages read that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from analytics.checkers import funnels
from analytics.desk import Desk, open_desk
from analytics.looked_back import last_backtest, path_of
from analytics.training import SEED, Tick, first_record, period_on, silent
from data.errors import BadArgument, BrokenModel
from data.home import write_durably
from data.journal import log
from data.model_watch import WatchRule, load_watch_rule
from data.risk_classes import RiskClasses, load_risk_classes
from data.scored import features_of
from data.settings import Settings
from data.store import Snapshot
from models.backtest import Fold, Look, look_back
from models.backtest_figures import YEAR, calibration_curve, fold_row, last_year, whole
from models.drift import of_frames, of_numbers, row_of
from models.exploration import exploration
from models.fairness import fairness
from models.features import load_features
from models.honesty import censored, observed_figures
from models.labels import HORIZON_DAYS, known_by, month_before, quarter_after, training_days
from models.methods import Method, methods, price_of_readability, with_known_methods
from models.replay import findings_told, sentence, told
from models.training import FEWEST_HITS, Period, fitted

__all__ = ["last_backtest", "run_backtest"]


def run_backtest(settings: Settings, as_of: date | None, now: datetime, tick: Tick = silent) -> dict[str, Any]:
    """Look back on the published snapshot with what was known on `as_of` (default: its own day): plain JSON.

    `tick` hears each step begin, from several threads.

    Raises
    ------
    NotFound
        when nothing is published.
    BadArgument
        when `as_of` lies after the day the snapshot speaks for.
    BrokenModel
        when nothing was known yet on `as_of`, or the history is too short, or too few were penalised, to look back on any day.
    """
    desk = open_desk(settings, now)
    snapshot = desk.snapshot()
    day = as_of or snapshot.as_of
    if day > snapshot.as_of:
        raise BadArgument(f"快照只到 {snapshot.as_of}，不能回看到 {day}", "--as-of", "请先 refresh 到那一天，或给较早的日期")
    document = _document(desk, snapshot, day, tick)
    if day == snapshot.as_of:
        write_durably(path_of(desk, snapshot.build_id), (json.dumps(document, ensure_ascii=False) + "\n").encode("utf-8"))
    log().info("backtested", build_id=snapshot.build_id, folds=len(document["folds"]))
    return document


def _document(desk: Desk, snapshot: Snapshot, day: date, tick: Tick) -> dict[str, Any]:
    days = training_days(first_record(snapshot, day), day)
    rule, classes, tried = load_watch_rule(day), load_risk_classes(day), methods(SEED)
    steps = 2 * len(days) + 1
    periods = []
    for number, one in enumerate(days, start=1):
        tick(number, steps, f"整理 {one} 当时已知的特征")
        periods.append(period_on(snapshot, one))

    def look_at(one: Period) -> Look:
        tick(len(days) + days.index(one.day) + 1, steps, f"回看 {one.day}")
        return _look(snapshot, one, rule)

    folds = _folds(look_at, periods, tried, classes, rule)
    tick(steps, steps, "统计看不到的、各组差距和漂移")
    return {
        "as_of": day.isoformat(),
        "build_id": snapshot.build_id,
        "synthetic": snapshot.synthetic,
        "rule": {key: getattr(rule, key) for key in ("version", "basis", "capacity_days", "capacity_lag_days")},
        "methods": {one.name: one.title for one in tried},
        **_figures(folds, tried),
        "honesty": {
            **censored(folds),
            "methods": {one.name: observed_figures(folds, one.name, rule) for one in tried},
            "exploration": exploration(folds, tried[0].name, classes),
        },
        "fairness": fairness(folds, rule),
        "drift": _drift(snapshot, periods, day, rule),
        "funnel": funnels(desk, snapshot, day),
    }


def _folds(
    look_at: Callable[[Period], Look],
    periods: Sequence[Period],
    tried: Sequence[Method],
    classes: RiskClasses,
    rule: WatchRule,
) -> list[Fold]:
    folds = look_back(look_at, periods, tried, classes, rule)
    if not folds:
        raise BrokenModel(
            f"历史太短，没有可以回看的日子：{len(periods)} 个季末里，没有一个之前已知 {FEWEST_HITS} 户次受到“一般”及以上处罚",
            "回看",
            "请先补录往年的检查和处罚（land --backfill）再回看",
        )
    return folds


def _look(snapshot: Snapshot, period: Period, rule: WatchRule) -> Look:
    day = period.day
    earlier = features_of(snapshot, month_before(day)).to_pandas()
    told_by = day - timedelta(days=rule.capacity_lag_days)
    return Look(
        Period(day, _known_methods(snapshot, period.features, day, rule), period.hit),
        _known_methods(snapshot, earlier, month_before(day), rule),
        before=_checks(snapshot, told_by - timedelta(days=rule.capacity_days), told_by, day),
        after=_checks(snapshot, day, day + timedelta(days=HORIZON_DAYS), known_by(day)),
    )


def _known_methods(snapshot: Snapshot, features: pd.DataFrame, day: date, rule: WatchRule) -> pd.DataFrame:
    return with_known_methods(features, snapshot.table("backtest/past_event", as_of=day).to_pandas(), rule)


def _checks(snapshot: Snapshot, start: date, end: date, known: date) -> pd.DataFrame:
    return snapshot.table("backtest/check", as_of=known, start=start, end=end).to_pandas()


def _figures(folds: Sequence[Fold], tried: Sequence[Method]) -> dict[str, Any]:
    """The sentence of the last year, the figures by day and together, the curves, the price of readability."""
    together = whole(folds, tried)
    years = {one.name: told(last_year(folds, one.name)) for one in tried}
    findings = {one.name: findings_told(last_year(folds, one.name)) for one in tried}
    first = folds[max(len(folds) - YEAR, 0)].day
    return {
        "sentence": sentence(years[tried[0].name]),
        "last_year": {
            "from": (first + timedelta(days=1)).isoformat(),
            "to": quarter_after(folds[-1].day).isoformat(),
            "enterprises": {name: {**asdict(one), "same": one.same} for name, one in years.items()},
            "findings": {name: {**asdict(one), "same": one.same} for name, one in findings.items()},
        },
        "folds": [fold_row(one, tried) for one in folds],
        "whole": together,
        "readability": price_of_readability(together),
        "calibration": {one.name: curve for one in tried if (curve := calibration_curve(folds, one.name))},
    }


def _drift(snapshot: Snapshot, periods: Sequence[Period], day: date, rule: WatchRule) -> dict[str, Any]:
    """The rows a model of this day learns from beside the enterprises of the day: the score (PSI) and each feature (CSI)."""
    now = features_of(snapshot, day).to_pandas()
    names = list(load_features())
    then = pd.concat([one.features[names] for one in periods], ignore_index=True)
    card = fitted(periods).card_
    scores = of_numbers("score", pd.Series(card.log_odds(then)), pd.Series(card.log_odds(now)), rule)
    titles = {name: one.title for name, one in load_features().items()} | {"score": "风险分"}
    return {
        "trained_to": periods[-1].day.isoformat(),
        "days_since": (day - periods[-1].day).days,
        "stale": (day - periods[-1].day).days > rule.stale_days,
        "psi": row_of(scores, titles),
        "csi": [row_of(one, titles) for one in of_frames(then, now, names, rule)],
    }
