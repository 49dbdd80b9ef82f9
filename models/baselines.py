"""What must a model beat to be worth anything? (基线)

Scorers with one method, `score(frame)` → float[n], higher = riskier: chance, and what every inspector already does
without a model, looking at last year's count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class RandomRanking:
    """A drawn order: the same seed and number of rows give the same order. 随机抽取"""

    seed: int = 0

    def score(self, frame: pd.DataFrame) -> np.ndarray:
        """float[n] in [0, 1)."""
        return np.random.default_rng(self.seed).random(len(frame))


@dataclass(frozen=True)
class LastYearCount:
    """The number in one column, missing counting as none. 按上一年次数"""

    column: str

    def score(self, frame: pd.DataFrame) -> np.ndarray:
        """float[n]. Raises KeyError when the frame lacks the column."""
        return pd.to_numeric(frame[self.column]).fillna(0).to_numpy(dtype=float)
