"""How risky is each enterprise of a city by the signed scorecard, in which class, and in which words? (评分)

Works on the frames of `data/sql/risk/features.sql` with numpy and pandas only; nothing is learned here and scikit-learn is
not needed. Frames out have the columns of the tables `risk`, `risk_reason` and `risk_change`. Source: Siddiqi (2006) for
points and reasons; the classes are `data/rules/risk-classes.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.risk_classes import THIN, RiskClasses
from models.bins import Variable
from models.card import Scorecard
from models.features import load_features

#: Reasons kept per enterprise, and the least points that are worth a sentence.
REASONS, LEAST = 4, 1
NO_MODEL = "风险模型尚未建立或尚未批准"
NO_RECORD = "近 24 个月没有检查、处罚、超限记录"
#: The last step from one day to another: the averages of peers and county.
LAST_CAUSE = "peers"
_KEYS = ["subject_type", "subject_id"]


@dataclass(frozen=True, slots=True)
class Band:
    """Of `size` enterprises that had `low` points or more (and less than the next band) on past days, `events` were hit."""

    low: int
    size: int
    events: int
    rate: float
    rate_low: float
    rate_high: float


def thin_reasons(frame: pd.DataFrame, classes: RiskClasses) -> np.ndarray:
    """object[n]: why there is too little to say about an enterprise, None where there is enough."""
    silent = (frame["checks_730"] + frame["penalties_730"] + frame["overloads_730"] == 0).to_numpy()
    young = (frame["age_days"] < classes.register_days).to_numpy()
    said = np.full(len(frame), None, dtype=object)
    said[silent] = NO_RECORD
    said[young] = f"登记不足 {classes.register_days} 天"
    return said


def unscored(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows of `risk` when there is no approved model: everybody 证据不足."""
    return _told(frame, day).assign(risk_class=THIN, thin_reason=NO_MODEL)


def score(
    card: Scorecard,
    bands: Sequence[Band],
    classes: RiskClasses,
    frame: pd.DataFrame,
    day: date,
    thin: Mapping[str, Band] | None = None,
) -> pd.DataFrame:
    """The rows of `risk` of one day, in the order of `frame`: points, probability, band, ranks and class.

    The probability is what happened to others with such points on past days (the rate of the band); only a model that could
    not be tested out of time says its own. Of whom there is too little to say none is told, only, in the columns of the band,
    what happened to others of whom there was as little (`thin`: by why it is too little).

    Ranks count from 1 = riskiest among the sufficiently evidenced; equal points have the same rank and class.
    """
    why = thin_reasons(frame, classes)
    enough = np.array([each is None for each in why], dtype=bool)
    told = _told(frame, day).assign(thin_reason=why, risk_class=THIN)
    points = pd.Series(card.points(frame), index=frame.index)[enough]
    rank = points.rank(method="min", ascending=False).astype("int64")
    groups = frame.loc[enough, "peer_group"]
    told.loc[enough, "risk_class"] = class_of(rank.to_numpy(), int(enough.sum()), classes)
    told["points"] = points
    told["probability"] = pd.Series(np.round(card.probability(frame), 6), index=frame.index)[enough]
    told["city_rank"], told["city_size"] = rank, pd.Series(int(enough.sum()), index=points.index)
    told["peer_rank"] = points.groupby(groups).rank(method="min", ascending=False)
    told["peer_size"] = points.groupby(groups).transform("size")
    return _with_thin(_with_bands(told, points, bands), why, thin or {})


def class_of(rank: np.ndarray, size: int, classes: RiskClasses) -> np.ndarray:
    """object[n]: the class of each rank among `size`; a class ends with the last rank inside its percent."""
    edges = [size * percent for _, percent in classes.upto[:-1]]
    names = np.array([name for name, _ in classes.upto], dtype=object)
    return names[np.searchsorted(edges, rank * 100, side="left")]


def reasons(card: Scorecard, frame: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows of `risk_reason`: what moves each enterprise furthest from the average, as whole Chinese sentences.

    Left out is what pushes up although such enterprises were hit less often than the city (or the reverse): true, since the
    average is one of points, but nobody could follow it.
    """
    codes = card.codes(frame)
    worth = [_worth(part) for part in card.variables]
    points = np.column_stack([one[codes[:, place]] for place, one in enumerate(worth)])
    order = np.argsort(-np.abs(points), axis=1, kind="stable")[:, :REASONS]
    row, rank = np.nonzero(np.take_along_axis(points, order, axis=1))
    which = order[row, rank]
    sentence, words = np.empty(len(row), dtype=object), np.empty(len(row), dtype=object)
    for place in np.unique(which):
        here, part = np.flatnonzero(which == place), card.variables[place]
        bins = codes[row[here], place]
        words[here] = np.array([one.words for one in part.bins], dtype=object)[bins]
        where = np.array(_bin_words(card, part), dtype=object)[bins]
        sentence[here] = load_features()[part.name].said(frame.iloc[row[here]], where, points[row[here], place] > 0)
    return pd.DataFrame(
        {
            "subject_type": "enterprise",
            "subject_id": frame["subject_id"].to_numpy(dtype=object)[row],
            "scored_on": day,
            "ordinal": rank + 1,
            "feature": np.array([part.name for part in card.variables], dtype=object)[which],
            "value_text": words,
            "points": points[row, which],
            "direction": np.where(points[row, which] > 0, "推高", "压低"),
            "sentence": sentence,
        }
    )


def changes(card: Scorecard, before: pd.DataFrame, after: pd.DataFrame, was: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The rows of `risk_change` of everybody with points on both days; the parts of one enterprise sum to its change.

    `before`, `after`: the features of the two days; `was`, `now`: their rows of `risk`, in the same order.
    """
    old, new = _scored(before, was), _scored(after, now)
    both = old.index.intersection(new.index, sort=False)
    old, new = old.loc[both], new.loc[both]
    parts = card.contributions(new) - card.contributions(old)
    values = parts.to_numpy()
    order = np.argsort(-np.abs(values), axis=1, kind="stable")
    row, rank = np.nonzero(np.take_along_axis(values, order, axis=1))
    which = order[row, rank]
    moved = values[row, which]
    sentence, names = np.empty(len(row), dtype=object), np.array(parts.columns, dtype=object)
    for place in np.unique(which):
        here = which == place
        rows, feature = row[here], load_features()[names[place]]
        sentence[here] = feature.moved(old.iloc[rows], new.iloc[rows], moved[here].tolist())
    told = pd.DataFrame({"subject_type": "enterprise", "subject_id": both.to_numpy(dtype=object)[row]})
    for side, frame in (("from", old), ("to", new)):
        for column, source in (("day", "scored_on"), ("class", "risk_class"), ("points", "points")):
            told[f"{side}_{column}"] = frame[f"risk_{source}"].to_numpy()[row]
    return told.assign(ordinal=rank + 1, feature=names[which], points_change=moved, sentence=sentence)


def causes(card: Scorecard, steps: Sequence[tuple[str, pd.DataFrame]], was: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The rows of `risk_cause` of everybody with points on both days: what each step did to the points, where it did something.

    `steps`: the features after each step but the last, with its name; the last is named `peers` and leads to `now`.
    """
    told = [one.set_index("subject_id")[["scored_on", "points"]] for one in (was, now)]
    both = told[0].add_suffix("_was").join(told[1].add_suffix("_now"), how="inner").dropna()
    stand = both["points_was"].astype("int64")
    parts: dict[str, pd.Series] = {}
    for name, frame in steps:
        points = pd.Series(card.points(frame), index=frame["subject_id"]).reindex(both.index)
        points = points.fillna(stand).astype("int64")
        parts[name], stand = points - stand, points
    parts[LAST_CAUSE] = both["points_now"].astype("int64") - stand
    long = pd.DataFrame(parts).rename_axis(columns="cause").stack().rename("points_change").reset_index()
    long = long[long["points_change"] != 0]
    days = {
        side: one["scored_on"].iloc[0] if len(one) else None for side, one in zip(("from_day", "to_day"), told, strict=True)
    }
    return long.assign(subject_type="enterprise", **days)


def _scored(features: pd.DataFrame, risk: pd.DataFrame) -> pd.DataFrame:
    """The features of the scored, by subject, with class, day and points of `risk` beside them (prefix `risk_`)."""
    beside = risk[["scored_on", "risk_class", "points"]].add_prefix("risk_")
    whole = pd.concat([features.reset_index(drop=True), beside.reset_index(drop=True)], axis=1)
    scored = whole[whole["risk_points"].notna()].set_index("subject_id")
    return scored.astype({"risk_points": "int64"})


def _told(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    return frame[[*_KEYS, "county", "sector", "peer_group"]].assign(scored_on=day)


def _with_bands(told: pd.DataFrame, points: pd.Series, bands: Sequence[Band]) -> pd.DataFrame:
    """The history of each one's band beside it; nobody has one when the model was never tested out of time."""
    if not bands or points.empty:
        return told
    place = np.clip(np.searchsorted([band.low for band in bands], points.to_numpy(), side="right") - 1, 0, None)
    for column, name in (("probability", "rate"), ("band_rate", "rate"), ("band_low", "rate_low"), ("band_high", "rate_high")):
        told[column] = pd.Series(np.round([getattr(band, name) for band in bands], 6)[place], index=points.index)
    for column, name in (("band_events", "events"), ("band_size", "size")):
        told[column] = pd.Series(np.array([getattr(band, name) for band in bands])[place], index=points.index)
    return told


def _with_thin(told: pd.DataFrame, why: np.ndarray, thin: Mapping[str, Band]) -> pd.DataFrame:
    """Beside whoever there is too little to say of: what happened to others of whom there was as little."""
    for reason, band in thin.items():
        here = why == reason
        told.loc[here, ["band_rate", "band_low", "band_high"]] = (band.rate, band.rate_low, band.rate_high)
        told.loc[here, ["band_events", "band_size"]] = (band.events, band.size)
    return told


def _worth(part: Variable) -> np.ndarray:
    """int64[bins]: how far each bin moves the points from the variable's average; 0 where that is not worth a sentence."""
    away = np.rint(part.points - part.mean_points).astype("int64")
    risky = np.array([one.woe for one in part.bins]) > 0
    return np.where((np.abs(away) >= LEAST) & (risky == (away > 0)), away, 0)


def _bin_words(card: Scorecard, part: Variable) -> list[str]:
    """Per bin: how often such enterprises were hit in the training, beside the whole city."""
    whole = card.events / card.count
    return [
        f"训练期内同档企业 180 天受到“一般”及以上处罚的占 {(one.event_rate or 0):.1%}，全市 {whole:.1%}" for one in part.bins
    ]
