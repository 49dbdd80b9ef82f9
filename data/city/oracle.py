"""How well could anybody foresee the penalties of the next 180 days, if he knew the hidden risk?

The ceiling for every model on this city: a model sees only what was reported.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from data.city.model import City

HORIZON_DAYS = 180


def oracle_auc(city: City, day: date) -> tuple[float, float]:
    """AUC and base rate for "a penalty of 一般 or worse that happened in (day, day + 180]" over the enterprises in business
    at the end of `day`, ranked by their hidden intensity in the month of `day`.

    `day` plus 180 days should lie well before the city's last day: later offences are not decided yet.
    """
    risk, lives, happened = city.truth["risk"], city.truth["enterprise"], city.truth["penalty"]
    at = np.datetime64(day, "D")
    alive = (lives["opened"].to_numpy() <= at) & (lives["closed"].to_numpy() > at)
    when = happened["happened_on"].to_numpy()
    counts = (when > at) & (when <= at + HORIZON_DAYS) & (happened["level"].to_numpy() >= 1)
    hit = lives["uscc"].isin(happened["uscc"][counts]).to_numpy()[alive]
    score = risk[f"{day:%Y-%m}"].to_numpy()[alive]
    return rank_auc(hit, score), float(hit.mean())


def rank_auc(hit: npt.NDArray[np.bool_], score: npt.NDArray[np.floating]) -> float:
    """The probability that a hit outranks a miss, ties counting half (Mann-Whitney)."""
    _, back, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[back]
    hits = int(hit.sum())
    return float((rank[hit].sum() - hits * (hits + 1) / 2) / (hits * (len(hit) - hits)))
