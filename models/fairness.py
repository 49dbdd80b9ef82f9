"""Are some groups flagged, rightly or wrongly, more than the others, and is that sure? (公平)

Each group of counties, sizes, sectors, ages beside all other enterprises: the ratio of the shares flagged (高, 较高), of the
hits among the flagged, of the flagged among those not hit, and of the hits not flagged. A ratio is even between 0.8 and 1.25 if
its whole interval lies there, uneven if all of it lies outside, and otherwise, or when the group is small, nobody knows.
Vocabulary: Aequitas (Saleiro et al. 2018); interval of a ratio: Katz et al. (1978), rows of one enterprise together.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from data.model_watch import WatchRule
from models.backtest import Fold
from models.backtest_figures import rounded

#: Column of the fold's rows → what it is called.
GROUPINGS = {"county": "县（市、区）", "size": "规模", "sector": "行业", "age": "登记年限"}
FLAGGED = ("高", "较高")
#: measure → (what is counted, among whom)
MEASURES = {
    "flagged": "被提示的比例",
    "precision": "被提示者中受罚的比例",
    "false_alarm": "未受罚者中被提示的比例",
    "missed": "受罚者中未被提示的比例",
}
EVEN, HIGH, LOW, UNSURE = "相当", "偏高", "偏低", "不确定"
_Z = NormalDist().inv_cdf(0.975)


def fairness(folds: Sequence[Fold], rule: WatchRule) -> list[dict[str, Any]]:
    """One row per grouping, group and measure, groups in the order of their names: shares, ratio, interval, verdict.

    Only the sufficiently evidenced are compared: the others are never flagged.
    """
    rows = pd.concat([one.rows for one in folds], ignore_index=True)
    rows = rows[rows["enough"].to_numpy(dtype=bool)]
    told = []
    for column, title in GROUPINGS.items():
        for name in sorted(rows[column].astype(str).unique()):
            inside = (rows[column].astype(str) == name).to_numpy()
            for measure in MEASURES:
                told.append({"grouping": title, "group": name, **_compared(rows, inside, measure, rule)})
    return told


def disparity(counted: np.ndarray, among: np.ndarray, inside: np.ndarray, who: np.ndarray, rule: WatchRule) -> dict[str, Any]:
    """The share counted among a group over that among the others. `who` [n]: the enterprise of each row."""
    sides = [_share(counted, among & side, who) for side in (inside, ~inside)]
    (mine, error, subjects), (theirs, other_error, others) = sides
    if not (mine > 0 and theirs > 0):
        ratio = low = high = float("nan")
    else:
        ratio, reach = mine / theirs, _Z * float(np.hypot(error / mine, other_error / theirs))
        low, high = ratio * np.exp(-reach), ratio * np.exp(reach)
    return {
        "enterprises": subjects,
        "share": rounded(mine),
        "share_of_others": rounded(theirs),
        "ratio": rounded(ratio),
        "ratio_low": rounded(low),
        "ratio_high": rounded(high),
        "verdict": _verdict(low, high, min(subjects, others), rule),
    }


def _compared(rows: pd.DataFrame, inside: np.ndarray, measure: str, rule: WatchRule) -> dict[str, Any]:
    flagged, hit = np.isin(rows["risk_class"].to_numpy(dtype=object), FLAGGED), rows["hit"].to_numpy() == 1
    counted, among = {
        "flagged": (flagged, np.ones(len(rows), dtype=bool)),
        "precision": (hit, flagged),
        "false_alarm": (flagged, ~hit),
        "missed": (~flagged, hit),
    }[measure]
    found = disparity(counted, among, inside, rows["subject_id"].to_numpy(dtype=object), rule)
    return {"measure": measure, "title": MEASURES[measure], **found}


def _share(counted: np.ndarray, among: np.ndarray, who: np.ndarray) -> tuple[float, float, int]:
    """(share, its standard error by enterprise, how many enterprises)."""
    subject = np.unique(who[among], return_inverse=True)[1]
    if not len(subject):
        return float("nan"), float("nan"), 0
    value = counted[among].astype(float)
    share = float(value.mean())
    residual = np.bincount(subject, value - share)
    return share, float(np.sqrt((residual**2).sum())) / len(value), int(subject.max()) + 1


def _verdict(low: float, high: float, least: int, rule: WatchRule) -> str:
    if np.isnan(low) or least < rule.fair_least:
        return UNSURE
    if rule.fair_low <= low and high <= rule.fair_high:
        return EVEN
    if low > rule.fair_high:
        return HIGH
    return LOW if high < rule.fair_low else UNSURE
