"""How is a scorecard learned that an official can read and sign? (可签字的评分卡)

`ScorecardClassifier` is an ordinary scikit-learn classifier on any DataFrame (numbers, categories, missing values):
WOE bins that rise, fall or turn once → logistic regression without negative coefficients → integer points. What it learns is a
`models.card.Scorecard`, which scores without scikit-learn. Method: Siddiqi, Intelligent Credit Scoring (2017).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from models.binning import DECIMALS, Target, Wish, learn_bins
from models.bins import Variable
from models.card import Scorecard
from models.frames import FrameClassifier
from models.logistic import fit_coefficients
from models.monotone import CuttingRules

#: Gain in log-likelihood that a turn must bring over the best bins without one, times `bin_cost` (at least 1): chance alone
#: brings as much to about one column in a hundred at the worst (decision 0034).
TURN_COST = 10.0

#: So many columns are learned side by side from so many rows on: sorting them waits for nothing else.
_SIDE_BY_SIDE, _MANY_ROWS = 2, 50_000

#: Parameter → the least and the largest it may be.
_BOUNDS = {
    "max_bins": (1, 50),
    "min_bin_share": (0, 1),
    "min_bin_events": (0, math.inf),
    "smoothing": (1e-6, math.inf),
    "bin_cost": (0, math.inf),
    "min_iv": (0, math.inf),
    "l2": (0, math.inf),
    "pdo": (1e-6, math.inf),
    "base_points": (-math.inf, math.inf),
    "base_odds": (1e-9, 1e9),
}


class ScorecardClassifier(FrameClassifier):
    """Two classes; the event is `classes_[1]`; higher points = riskier.

    Parameters
    ----------
    directions : column → `'up'` (more is riskier), `'down'`, or None (found). Columns not named: found.
    turns : a found column may rise and then fall (or fall and then rise) once, where the evidence is strong; a given
        direction is always kept to.
    specials : column → special numbers with bins of their own, as a mapping to their words or a plain list.
    labels, units : column → Chinese name; column → unit of its numbers (「次」「天」).
    max_bins : most intervals (or groups of categories) per variable; missing and special values come on top.
    min_bin_share, min_bin_events : the least share of all rows, and the least events and non-events (found, or to be
        expected at the overall rate), in an interval.
    smoothing : pseudo-events at the overall rate added to every bin.
    bin_cost : gain in log-likelihood that one more bin must bring (1 = Akaike).
    min_iv : variables with less information value are left out.
    l2 : ridge penalty on the coefficients.
    sign_control : no negative coefficient, so that points never fall where the event rate rises. Switched off only to
        measure what that costs: such a card contradicts its own table and is not to be signed.
    pdo, base_points, base_odds : `base_points` at odds `base_odds`, `pdo` more points double the odds.

    Attributes
    ----------
    card_ : the learned `Scorecard`; `table_`: its table (variable, label, shape, bin, count, events, event_rate,
        woe, iv, points), the first row being 基础分.
    dropped_ : DataFrame (variable, why) of the columns that are not in the card.
    thin_ : fewer than 50 events or non-events; `fit` warns and the card should not be used.
    classes_, n_features_in_, feature_names_in_ (for frames), n_iter_ : as everywhere in scikit-learn.

    Columns of a frame are taken by name: their order, and the order of rows, change no score.
    """

    def __init__(
        self,
        directions: Mapping[str, str | None] | None = None,
        specials: Mapping[str, Mapping[float, str] | Iterable[float]] | None = None,
        labels: Mapping[str, str] | None = None,
        units: Mapping[str, str] | None = None,
        *,
        max_bins: int = 10,
        min_bin_share: float = 0.01,
        min_bin_events: float = 5.0,
        smoothing: float = 1.0,
        bin_cost: float = 1.0,
        turns: bool = True,
        min_iv: float = 0.0,
        l2: float = 10.0,
        sign_control: bool = True,
        pdo: float = 40.0,
        base_points: float = 200.0,
        base_odds: float = 0.05,
    ) -> None:
        self.directions = directions
        self.specials = specials
        self.labels = labels
        self.units = units
        self.max_bins = max_bins
        self.min_bin_share = min_bin_share
        self.min_bin_events = min_bin_events
        self.smoothing = smoothing
        self.bin_cost = bin_cost
        self.turns = turns
        self.min_iv = min_iv
        self.l2 = l2
        self.sign_control = sign_control
        self.pdo = pdo
        self.base_points = base_points
        self.base_odds = base_odds

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Learn bins, coefficients and points from a frame or array (n × p) and n labels of two classes.

        Raises ValueError: one class only, no rows, infinite values, dates, identifiers, doubled column names.
        Warns (UserWarning) and sets `thin_` with fewer than 50 events or non-events.
        """
        self._check_bounds(_BOUNDS)
        frame, hits, weights, _ = self._rows(X, y, sample_weight)
        target = Target(hits, weights, self.smoothing)
        self._check_columns(frame, "directions", "specials")
        least = self.min_bin_share * target.count
        turn_cost = TURN_COST * max(self.bin_cost, 1.0) if self.turns else None
        rules = CuttingRules(self.max_bins, least, self.min_bin_events, self.bin_cost, target.rate, turn_cost)
        learned: list[tuple[Variable, str]] = []
        dropped: list[tuple[Variable, str]] = []
        for variable in self._binned(frame, target, rules):
            why = _no_use(variable, self.min_iv)
            (dropped if why else learned).append((variable, why))
        card, steps = self._weighted([variable for variable, _ in learned], frame, target)
        kept = tuple(part for part in card.variables if part.points.any())
        dropped += [(part, _no_weight(part)) for part in card.variables if not part.points.any()]
        self.card_ = replace(card, variables=kept)
        self.dropped_ = pd.DataFrame([(part.name, why) for part, why in dropped], columns=["variable", "why"])
        self.table_ = self.card_.table()
        self.n_iter_ = steps
        return self

    def _binned(self, frame: pd.DataFrame, target: Target, rules: CuttingRules) -> list[Variable]:
        """The bins of each column, in the order of their names; columns side by side where there is much to sort."""
        names = sorted(frame.columns, key=str)
        with ThreadPoolExecutor(_SIDE_BY_SIDE if len(frame) >= _MANY_ROWS else 1) as pool:
            return list(pool.map(lambda name: learn_bins(frame[name], target, rules, self._wish(name)), names))

    def _wish(self, name: str) -> Wish:
        """What the parameters say about one column."""
        specials = (self.specials or {}).get(name) or {}
        words = specials if isinstance(specials, Mapping) else dict.fromkeys(specials, "")
        return Wish(
            (self.directions or {}).get(name),
            {float(value): text for value, text in words.items()},
            (self.labels or {}).get(name, ""),
            (self.units or {}).get(name, ""),
        )

    def _weighted(self, variables: list[Variable], frame: pd.DataFrame, target: Target) -> tuple[Scorecard, int]:
        """The card with its coefficients and points."""
        woe = np.empty((len(frame), len(variables)), order="F")
        for place, part in enumerate(variables):
            woe[:, place] = np.array([one.woe for one in part.bins])[part.codes(frame[part.name])]
        found = fit_coefficients(woe, target.hits, target.weights, self.l2, non_negative=self.sign_control)
        factor = self.pdo / math.log(2)
        scored = tuple(
            _scored(part, coefficient, factor)
            for part, coefficient in zip(variables, np.round(found.coefficients, DECIMALS).tolist(), strict=True)
        )
        intercept = round(found.intercept, DECIMALS)
        base = round(self.base_points + factor * (intercept - math.log(self.base_odds)))
        return Scorecard(scored, intercept, base, self.pdo, target.count, target.events), found.steps

    def decision_function(self, X: Any) -> np.ndarray:
        """float[n]: unrounded log-odds of `classes_[1]`."""
        check_is_fitted(self)
        return self.card_.log_odds(self._frame(X))

    def points(self, X: Any) -> np.ndarray:
        """int64[n]: integer points, higher = riskier."""
        check_is_fitted(self)
        return self.card_.points(self._frame(X))

    def reasons(self, X: Any, top: int = 3) -> pd.DataFrame:
        """Row × ordinal: what moves each row furthest from the average. See `Scorecard.reasons`."""
        check_is_fitted(self)
        return self.card_.reasons(self._frame(X), top)

    def to_json(self) -> str:
        """Card, classes, column names and parameters as readable JSON; `from_json` gives the same scores to the bit."""
        check_is_fitted(self)
        names = getattr(self, "feature_names_in_", None)
        return json.dumps(
            {
                "parameters": {**self.get_params(), "specials": _told(self.specials)},
                "classes": self.classes_.tolist(),
                "columns": self.n_features_in_ if names is None else names.tolist(),
                "thin": self.thin_,
                "steps": self.n_iter_,
                "dropped": self.dropped_.to_dict("records"),
                "card": json.loads(self.card_.to_json()),
            },
            ensure_ascii=False,
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The classifier of `to_json`. Raises ValueError when the text is no such scorecard."""
        try:
            plain = json.loads(text)
            made = cls(**plain["parameters"])
            made.specials = _numbered(made.specials)
            made.classes_ = np.array(plain["classes"])
            if isinstance(plain["columns"], list):
                made.feature_names_in_ = np.array(plain["columns"], dtype=object)
                made.n_features_in_ = len(plain["columns"])
            else:
                made.n_features_in_ = plain["columns"]
            made.thin_, made.n_iter_ = plain["thin"], plain["steps"]
            made.dropped_ = pd.DataFrame(plain["dropped"], columns=["variable", "why"])
            made.card_ = Scorecard.from_json(json.dumps(plain["card"]))
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"这不是评分卡：{error}") from error
        made.table_ = made.card_.table()
        return made


def _told(specials: Any) -> Any:
    """Special values for JSON, where every key is text: 0 and 0.0 are told alike."""
    return specials and {
        name: {format(float(value), ".17g"): text for value, text in words.items()}
        if isinstance(words, Mapping)
        else list(words)
        for name, words in specials.items()
    }


def _numbered(specials: Any) -> Any:
    """Special values out of JSON."""
    return specials and {
        name: {float(value): text for value, text in words.items()} if isinstance(words, dict) else words
        for name, words in specials.items()
    }


def _no_use(variable: Variable, min_iv: float) -> str:
    """Why a variable is left out before the regression, "" if it is not."""
    if len({one.woe for one in variable.bins if one.count}) < 2:
        return "各分箱没有差别：取值单一、全部缺失或与结果无关"
    if variable.iv < min_iv:
        return f"信息值 IV {variable.iv:.4f} 低于 {min_iv:g}"
    return ""


def _no_weight(variable: Variable) -> str:
    """Why a variable got no points in the regression."""
    return "各分箱都不到 1 分" if variable.coefficient else "系数不为正：其他变量已经说明"


def _scored(variable: Variable, coefficient: float, factor: float) -> Variable:
    """The variable with its coefficient and the integer points of its bins."""
    bins = tuple(replace(one, points=round(factor * coefficient * one.woe)) for one in variable.bins)
    return replace(variable, coefficient=coefficient, bins=bins)
