"""What would each method have said on every past quarter end, knowing only what was known, and what came after? (回看)

Rolling origin over the whole history: on a day each method learns from the earlier days whose outcome was known by then
(`models.labels`), ranks the enterprises of the day, and is laid beside what followed: who was hit, who was checked, what the
checks found. What is counted from it is in `models/backtest_figures.py` and `models/honesty.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.model_watch import WatchRule
from data.risk_classes import THIN, RiskClasses
from models.capacity import capacity, chance_listed, overlap
from models.labels import fit_days, month_before, quarter_after
from models.methods import Learned, Method
from models.replay import reordered
from models.scoring import class_of, thin_reasons
from models.selection import chance_checked
from models.training import FEWEST_HITS, Period

#: Borders of the bands by size (vehicles) and age (days) that groups are compared in, and their names.
SIZES, SIZE_NAMES = (3, 11), ("0–2 辆", "3–10 辆", "11 辆以上")
AGES, AGE_NAMES = (365, 1095, 3650), ("不满 1 年", "1–3 年", "3–10 年", "10 年以上")
#: Columns beside a method's score: the chance to be on the list, and the probability it says.
LISTED, CHANCE = "listed_", "chance_"
#: Columns of the checks: the day a check is made on by the method's order, and whether in the first half.
MOVED, HALF = "moved_", "half_"


@dataclass(frozen=True)
class Look:
    """All that is given for one past day. Frames of `data/sql/risk/features.sql` carry the columns of the known methods.

    `earlier`: the frame on the last day of the month before. `before`, `after`: checks (`data/sql/backtest/check.sql`) of the
    days of capacity up to the day, and of the 180 days after it as known when the label is.
    """

    period: Period
    earlier: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame


@dataclass(frozen=True)
class Fold:
    """One past day looked back upon: what each method said of each enterprise, and what became of it.

    `rows`: one per enterprise, in the order of the subjects: subject_id, county, sector, size, age, hit, checked,
    chance_checked, enough, risk_class (of the model), and per method its score, `listed_…`, `chance_…`. `checks`: those up to
    the next quarter end: subject_id, happened_on, found, drawn, county, first_visit (in the quarter), and per method `moved_…`,
    `half_…`.
    `after`: all checks of the 180 days. `stability`: method → share of the list that was on the list a month before.
    """

    day: date
    fitted_to: date
    learned_rate: float
    k: Mapping[str, int]
    rows: pd.DataFrame
    checks: pd.DataFrame
    after: pd.DataFrame
    stability: Mapping[str, float]


def days_to_look_back(periods: Sequence[Period]) -> list[date]:
    """The days with hits and misses whose past held enough to learn from, oldest first."""
    return [
        one.day
        for one in periods
        if sum(int(each.hit.sum()) for each in known_before(periods, one.day)) >= FEWEST_HITS
        and 0 < one.hit.sum() < len(one.hit)
    ]


def known_before(periods: Sequence[Period], day: date) -> list[Period]:
    """The periods whose outcome was known on the day: all that may be learned from."""
    allowed = set(fit_days([one.day for one in periods], day))
    return [one for one in periods if one.day in allowed]


def fold(look: Look, past: Sequence[Period], methods: Sequence[Method], classes: RiskClasses, rule: WatchRule) -> Fold:
    """One day looked back upon. `past`: what was known before (`known_before`); raises ValueError when it holds nothing."""
    day = look.period.day
    if not past or any(one.day >= day for one in past):
        raise ValueError(f"{day} 之前没有可以学习的日子，或给了之后的日子")
    order = np.argsort(look.period.features["subject_id"].to_numpy(dtype=object), kind="stable")
    frame, hit = look.period.features.iloc[order].reset_index(drop=True), look.period.hit[order]
    earlier = look.earlier.sort_values("subject_id", kind="stable", ignore_index=True)
    k = capacity(frame, look.before)
    rows, stability = _described(frame, hit, look.after, classes), {}
    for method in methods:
        learned = method.learn(past)
        said = _said(method, learned, frame, day, k)
        before = _said(method, learned, earlier, month_before(day), k)
        rows = rows.assign(**said)
        stability[method.name] = overlap(_list(earlier, before, method), _list(frame, said, method))
    rows["risk_class"] = classed(rows[methods[0].name].to_numpy(), rows["enough"].to_numpy(), classes)
    learned_rows = sum(len(one.hit) for one in past)
    return Fold(
        day=day,
        fitted_to=past[-1].day,
        learned_rate=sum(float(one.hit.sum()) for one in past) / learned_rows,
        k=k,
        rows=rows,
        checks=_moved(rows, look.after, methods, day),
        after=look.after,
        stability=stability,
    )


def look_back(
    look_at: Callable[[Period], Look],
    periods: Sequence[Period],
    methods: Sequence[Method],
    classes: RiskClasses,
    rule: WatchRule,
) -> list[Fold]:
    """All days that can be looked back upon, two at a time; `look_at` gathers what is given for one of them.

    Libraries compute in one thread meanwhile: theirs wait for each other by spinning, and a busy machine stands still.
    """
    from threadpoolctl import threadpool_limits

    def one_day(one: Period) -> Fold:
        return fold(look_at(one), known_before(periods, one.day), methods, classes, rule)

    days = set(days_to_look_back(periods))
    with threadpool_limits(1), ThreadPoolExecutor(2) as pool:
        return list(pool.map(one_day, [one for one in periods if one.day in days]))


def classed(scores: np.ndarray, enough: np.ndarray, classes: RiskClasses) -> np.ndarray:
    """object[n]: the risk class by the rank among the sufficiently evidenced, as refresh gives it."""
    told = np.full(len(scores), THIN, dtype=object)
    rank = pd.Series(scores[enough]).rank(method="min", ascending=False).to_numpy().astype("int64")
    told[enough] = class_of(rank, int(enough.sum()), classes)
    return told


def _described(frame: pd.DataFrame, hit: np.ndarray, after: pd.DataFrame, classes: RiskClasses) -> pd.DataFrame:
    """Who they are, what became of them, and whether that could be seen."""
    checked = np.isin(frame["subject_id"].to_numpy(dtype=object), after["subject_id"].unique())
    return frame[["subject_id", "county", "sector"]].assign(
        size=np.array(SIZE_NAMES, dtype=object)[np.searchsorted(SIZES, frame["vehicles"].to_numpy(), side="right")],
        age=np.array(AGE_NAMES, dtype=object)[np.searchsorted(AGES, frame["age_days"].to_numpy(), side="right")],
        hit=hit,
        checked=checked,
        chance_checked=chance_checked(frame, checked),
        enough=np.array([why is None for why in thin_reasons(frame, classes)], dtype=bool),
    )


def _said(method: Method, learned: Learned, frame: pd.DataFrame, day: date, k: Mapping[str, int]) -> dict[str, np.ndarray]:
    """The method's columns: score, chance to be on the list, probability (NaN when it says none)."""
    score = np.asarray(learned.score(frame, day), dtype=float)
    chance = learned.chance(frame)
    return {
        method.name: score,
        LISTED + method.name: chance_listed(score, frame["county"].to_numpy(dtype=object), k),
        CHANCE + method.name: np.full(len(frame), np.nan) if chance is None else chance,
    }


def _list(frame: pd.DataFrame, said: Mapping[str, np.ndarray], method: Method) -> pd.DataFrame:
    return pd.DataFrame({"subject_id": frame["subject_id"], "listed": said[LISTED + method.name]})


def _moved(rows: pd.DataFrame, after: pd.DataFrame, methods: Sequence[Method], day: date) -> pd.DataFrame:
    """The checks of the ranked up to the next quarter end, and when each method would have had them made."""
    until = np.datetime64(quarter_after(day))
    made = after[pd.to_datetime(after["happened_on"]).to_numpy() <= until]
    checks = made.merge(rows[["subject_id", "county", *(one.name for one in methods)]], on="subject_id")
    order = ["happened_on", "subject_id", "found", "drawn"]
    checks = checks.sort_values(order, ascending=[True, True, False, False], kind="stable", ignore_index=True)
    first = ~checks["subject_id"].duplicated().to_numpy()
    checks["first_visit"] = first
    for method in methods:
        moved, half = checks["happened_on"].to_numpy(dtype="datetime64[D]"), np.zeros(len(checks), dtype=bool)
        visits = checks[first]
        moved[first], half[first] = reordered(visits["happened_on"], visits[method.name], visits["county"])
        checks[MOVED + method.name], checks[HALF + method.name] = moved, half
    return checks.drop(columns=[one.name for one in methods])
