"""How well did each method do on the past days, day by day and on all of them together, and how sure is that? (回看的数字)

Plain JSON: every share and area stands with the ends of its 95 % interval (`…_low`, `…_high`), rows of one enterprise together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from models.backtest import CHANCE, HALF, LISTED, MOVED, Fold
from models.calibration import wilson
from models.capacity import hits_listed
from models.evaluate import (
    Interval,
    auc_difference,
    auc_interval,
    average_precision_interval,
    mean_interval,
    share_interval,
)
from models.methods import Method
from models.replay import replay

#: Bands of equal size that the calibration curve is told in.
CURVE = 10
#: Quarters that make the year of the sentence.
YEAR = 4


def fold_row(one: Fold, methods: Sequence[Method]) -> dict[str, Any]:
    """One day: how many were ranked, hit, checked; the lists' lengths; and each method's figures under its name."""
    hits = int(one.rows["hit"].sum())
    return {
        "as_of": one.day.isoformat(),
        "fitted_to": one.fitted_to.isoformat(),
        "rows": len(one.rows),
        "positives": hits,
        "base_rate": rounded(hits / len(one.rows)),
        "k": sum(one.k.values()),
        "capacity": dict(one.k),
        "checks": len(one.checks),
        "findings": int(one.checks["found"].sum()),
        "first_visits": int(one.checks["first_visit"].sum()),
        "brier_base": rounded(float(((one.rows["hit"] - one.learned_rate) ** 2).mean())),
        **{each.name: {**_figures([one], each.name), "by_county": _by_county([one], each.name)} for each in methods},
    }


def whole(folds: Sequence[Fold], methods: Sequence[Method]) -> dict[str, Any]:
    """All days together, each method's figures under its name; how far the model is ahead of each other one."""
    rows = pd.concat([one.rows for one in folds], ignore_index=True)
    base = np.concatenate([np.full(len(one.rows), one.learned_rate) for one in folds])
    first = methods[0].name
    ahead = {
        each.name: interval("auc", auc_difference(rows["hit"], rows[first], rows[each.name], rows["subject_id"]))
        for each in methods[1:]
    }
    return {
        "rows": len(rows),
        "positives": int(rows["hit"].sum()),
        "k": sum(sum(one.k.values()) for one in folds),
        "brier_base": rounded(float(((rows["hit"].to_numpy() - base) ** 2).mean())),
        **{each.name: {**_figures(folds, each.name), "by_county": _by_county(folds, each.name)} for each in methods},
        "model_ahead_of": ahead,
    }


def calibration_curve(folds: Sequence[Fold], name: str) -> list[dict[str, Any]]:
    """Bands of equal size by the probability said, lowest first: said on average, and what happened; [] when none is said.

    Equal probabilities are never parted, so a band may be larger than another.
    """
    rows = pd.concat([one.rows for one in folds], ignore_index=True)
    said = rows[CHANCE + name].to_numpy(dtype=float)
    if np.isnan(said).any():
        return []
    edges = np.unique(np.quantile(said, np.arange(1, CURVE) / CURVE))
    band = np.searchsorted(edges, said, side="right")
    curve = []
    for place in np.unique(band):
        here = band == place
        seen = share_interval(rows["hit"].to_numpy()[here], groups=rows["subject_id"].to_numpy(dtype=object)[here])
        curve.append({"size": int(here.sum()), "said": rounded(float(said[here].mean())), **interval("observed", seen)})
    return curve


def last_year(folds: Sequence[Fold], name: str) -> pd.DataFrame:
    """The checks of the last four quarters looked back upon, with the days the method would have had them made on."""
    checks = pd.concat([one.checks for one in folds[-YEAR:]], ignore_index=True)
    return checks.rename(columns={MOVED + name: "moved_to", HALF + name: "first_half"})


def interval(name: str, told: Interval) -> dict[str, float | None]:
    """A figure and the ends of its interval as three keys."""
    return {name: rounded(told.value), f"{name}_low": rounded(told.low), f"{name}_high": rounded(told.high)}


def rounded(value: float) -> float | None:
    """Six digits behind the point; None for what is no number."""
    return None if math.isnan(value) else round(float(value), 6)


def _figures(folds: Sequence[Fold], name: str) -> dict[str, Any]:
    rows = pd.concat([one.rows for one in folds], ignore_index=True)
    who, hit, score = (rows[column].to_numpy() for column in ("subject_id", "hit", name))
    listed, hit = rows[LISTED + name].to_numpy(), hit.astype(float)
    worst = sum(_worst(one, name) for one in folds)
    said = rows[CHANCE + name].to_numpy(dtype=float)
    brier = Interval(*[float("nan")] * 3) if np.isnan(said).any() else mean_interval((said - hit) ** 2, who)
    visits = pd.concat([one.checks[one.checks["first_visit"]] for one in folds], ignore_index=True)
    sooner = replay(visits.rename(columns={MOVED + name: "moved_to", HALF + name: "first_half"}))
    steady = [one.stability[name] for one in folds if not math.isnan(one.stability[name])]
    return {
        **interval("auc", auc_interval(hit, score, who)),
        **interval("ap", average_precision_interval(hit, score, who)),
        **interval("precision_at_k", share_interval(hit, listed, who)),
        "precision_at_k_worst": rounded(worst / listed.sum()) if listed.sum() else None,
        **interval("recall_at_k", share_interval(listed, hit, who)),
        "recall_at_k_worst": rounded(worst / hit.sum()) if hit.sum() else None,
        **interval("brier", brier),
        **interval("days_sooner", sooner.days_sooner),
        **interval("later_share", sooner.later_share),
        **interval("first_half_share", sooner.first_half_share),
        "stability": rounded(float(np.mean(steady))) if steady else None,
    }


def _worst(one: Fold, name: str) -> float:
    hit, score, county = (one.rows[column].to_numpy() for column in ("hit", name, "county"))
    return hits_listed(hit, score, county, one.k, "worst")


def _by_county(folds: Sequence[Fold], name: str) -> list[dict[str, Any]]:
    """Per county: the list's length, hits on it, precision (Wilson) and recall; counties in the order of their names."""
    rows = pd.concat([one.rows for one in folds], ignore_index=True)
    found = rows[LISTED + name] * rows["hit"]
    sums = pd.DataFrame({"county": rows["county"], "k": rows[LISTED + name], "found": found, "positives": rows["hit"]})
    table = sums.groupby("county", sort=True).sum()
    low, high = wilson(table["found"], table["k"])
    return [
        {
            "county": each.Index,
            "k": round(each.k),
            "positives": int(each.positives),
            "precision_at_k": rounded(each.found / each.k) if each.k else None,
            "precision_at_k_low": rounded(float(low[place])),
            "precision_at_k_high": rounded(float(high[place])),
            "recall_at_k": rounded(each.found / each.positives) if each.positives else None,
        }
        for place, each in enumerate(table.itertuples())
    ]
