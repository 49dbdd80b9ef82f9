"""How much of what could be foreseen do scorecard and challenger foresee, out of time, against oracle and two baselines?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from bench.child import product
from bench.homes import AS_OF, SEED, home_of
from bench.table import Line, at_least
from data.city import generate, oracle_auc

#: Key in the evaluation of `train` → its Chinese name and the least share of the oracle's (AUC − 0.5).
MODELS = {"model": ("评分卡", 0.92), "challenger": ("挑战模型", 0.95)}
BASELINES = {"last_year": "上一年次数", "random": "随机"}


def lines(folder: Path, scales: list[float], _runs: int) -> list[Line]:
    """The evaluation that `train` prints, for the city of the smallest scale from 1 on, beside the oracle on the same days."""
    scale = min((each for each in scales if each >= 1), default=max(scales))
    told = product("train", home=home_of(folder, scale))
    city = generate(scale=scale, seed=SEED, as_of=date.fromisoformat(AS_OF))
    days = [one for one in told["evaluation"] if one["day"]]
    whole = [one for one in told["evaluation"] if not one["day"]]
    oracle = [oracle_auc(city, date.fromisoformat(one["day"]))[0] for one in days]
    found = []
    for key, (name, least) in MODELS.items():
        own = [one[key]["auc"] for one in days]
        share = float(np.mean([(a - 0.5) / (b - 0.5) for a, b in zip(own, oracle, strict=True)]))
        found.append(at_least(f"{name} ÷ 先知（AUC − 0.5）·规模 {scale:g}", share, least, _spoken(days, own, oracle)))
    for key, name in {**{key: name for key, (name, _) in MODELS.items()}, **BASELINES}.items():
        for one in whole or days[-1:]:
            measure = one[key]
            span = f"95% 区间 {measure['low']:.3f}–{measure['high']:.3f}，前 5% 命中 {measure['precision_at_5']:.1%}"
            found.append(at_least(f"AUC·{name}（跨期）", measure["auc"], None, span))
    return found


def _spoken(days: list[dict], own: list[float], oracle: list[float]) -> str:
    return "；".join(f"{one['day']} {a:.3f}/{b:.3f}" for one, a, b in zip(days, own, oracle, strict=True))
