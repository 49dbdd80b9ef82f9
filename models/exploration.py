"""What do the random draws say, the only checks that nobody chose? (双随机：无偏的标尺)

Among the draws of the 180 days after a day: how often something was found in each risk class of that day, beside all draws.
Whether the draws are as random as they are called is asked first: whom they met is laid beside whom they could have met.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from data.risk_classes import THIN, RiskClasses
from models.backtest import Fold
from models.backtest_figures import interval, rounded
from models.evaluate import Interval, auc_interval, share_interval

#: The least share of draws among the checks that a yardstick needs, and that is advised (dssg: exploration).
LEAST, ADVISED = 0.05, 0.10


def exploration(folds: Sequence[Fold], name: str, classes: RiskClasses) -> dict[str, Any]:
    """The share of random draws among the checks, whether they look random, hit rates by class, AUC on the draws alone."""
    checks = _known(folds)
    drawn = checks[checks["drawn"] == 1]
    who = checks["subject_id"].to_numpy(dtype=object)
    bias = _bias(folds, name)
    return {
        "checks": len(checks),
        "draws": len(drawn),
        **interval("draw_share", share_interval(checks["drawn"], groups=who)),
        "enough": bool(len(checks) and len(drawn) / len(checks) >= LEAST),
        **interval("drawn_against_all", bias),
        "looks_random": bool(bias.low <= 0.5 <= bias.high),
        **interval("auc_on_draws", _auc(drawn, name)),
        "classes": _by_class(drawn, [name for name, _ in classes.upto]),
        "classes_of_other_checks": _by_class(checks[checks["drawn"] == 0], [name for name, _ in classes.upto]),
    }


def _known(folds: Sequence[Fold]) -> pd.DataFrame:
    """All checks of the 180 days after each day, with class and score of the day beside them."""
    parts = []
    for one in folds:
        methods = list(one.stability)
        parts.append(one.after.merge(one.rows[["subject_id", "risk_class", *methods]], on="subject_id").assign(day=one.day))
    return pd.concat(parts, ignore_index=True)


def _bias(folds: Sequence[Fold], name: str) -> Interval:
    """How much riskier the drawn look than all who could be drawn: AUC of being drawn by the score; 0.5 is random."""
    rows = pd.concat(
        [
            one.rows.assign(drawn=np.isin(one.rows["subject_id"], one.after.loc[one.after["drawn"] == 1, "subject_id"]))
            for one in folds
        ],
        ignore_index=True,
    )
    if rows["drawn"].nunique() < 2:
        return Interval(float("nan"), 0.0, 1.0)
    return auc_interval(rows["drawn"].astype(int), rows[name], rows["subject_id"].to_numpy(dtype=object))


def _auc(drawn: pd.DataFrame, name: str) -> Interval:
    if drawn["found"].nunique() < 2:
        return Interval(float("nan"), 0.0, 1.0)
    return auc_interval(drawn["found"], drawn[name], drawn["subject_id"].to_numpy(dtype=object))


def _by_class(checks: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Per class, the riskiest first, 证据不足 and all of them last: checks, findings, share with its interval, lift."""
    groups = [(name, checks[checks["risk_class"] == name]) for name in (*names, THIN)]
    told = []
    overall = float(checks["found"].mean()) if len(checks) else float("nan")
    for name, part in [*groups, ("全部", checks)]:
        rate = share_interval(part["found"], groups=part["subject_id"].to_numpy(dtype=object))
        told.append(
            {
                "risk_class": name,
                "checks": len(part),
                "findings": int(part["found"].sum()),
                **interval("hit_rate", rate),
                "lift": rounded(rate.value / overall) if overall > 0 else None,
            }
        )
    return told
