"""Is the spread between those who check more than chance? (漏斗图)

Per unit (a mark that stands for a person, a day of the week): the share of its checks that found something, the share
expected from whom it checked, and the limits within which 95 and 99.8 of 100 units lie by chance (Spiegelhalter 2005). It is
there to see whether the record itself is even; it is no feature, orders nobody, and knows no names: units stand in the order
of their marks.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

#: Normal quantiles of the limits.
WARN, ALARM = 1.959964, 3.090232
#: Fewer checks than this draw no point.
LEAST = 10
INSIDE, OUTSIDE, FAR = "界内", "95% 界外", "99.8% 界外"


def expected_rates(found: pd.Series, strata: pd.Series) -> np.ndarray:
    """float[n]: the share of findings among all checks of the same stratum (indirect standardisation)."""
    return found.groupby(strata).transform("mean").to_numpy(dtype=float)


def funnel(units: pd.Series, found: pd.Series, expected: np.ndarray, least: int = LEAST) -> dict[str, Any]:
    """The points of one funnel plot. `units` [n]: the mark of each check's unit; `found` 0/1; `expected` its expected share.

    `points`: unit, checks, rate, expected, low_95, high_95, low_998, high_998, verdict; in the order of the marks.
    `overdispersion`: mean squared standardised distance; about 1 when chance is all there is. `expected_outside`: how many
    units lie outside 95 % by chance alone.
    """
    table = pd.DataFrame(
        {"found": found.to_numpy(dtype=float), "expected": expected, "spread": expected * (1 - expected), "checks": 1}
    )
    sums = table.groupby(units.to_numpy(dtype=object), sort=True).sum()
    sums = sums[sums["checks"] >= least]
    rate, middle = sums["found"] / sums["checks"], sums["expected"] / sums["checks"]
    error = np.sqrt(sums["spread"]) / sums["checks"]
    away = np.divide(rate - middle, error, out=np.zeros(len(sums)), where=(error > 0).to_numpy())
    limits = {
        f"{side}_{name}": np.clip(middle + way * z * error, 0, 1)
        for name, z in (("95", WARN), ("998", ALARM))
        for side, way in (("low", -1), ("high", 1))
    }
    verdict = np.select([np.abs(away) > ALARM, np.abs(away) > WARN], [FAR, OUTSIDE], INSIDE)
    points = pd.DataFrame({"unit": sums.index, "checks": sums["checks"], "rate": rate, "expected": middle, **limits})
    return {
        "points": points.round(6).assign(verdict=verdict).to_dict("records"),
        "units": len(sums),
        "outside_95": int((np.abs(away) > WARN).sum()),
        "outside_998": int((np.abs(away) > ALARM).sum()),
        "expected_outside": round(0.05 * len(sums), 1),
        "overdispersion": round(float((away**2).mean()), 6) if len(sums) else None,
        "too_few": int(units.nunique() - len(sums)),
    }
