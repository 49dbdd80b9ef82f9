"""Which weights, none of them negative, explain the events best? (系数不为负的逻辑回归)

Every WOE already points the right way, so a negative coefficient would turn a variable's meaning round (more points
where fewer events are): it is kept at 0. This is the constrained optimum itself, not a chain of refits: projected
Newton steps (Bertsekas 1982) on the ridge-penalised log-likelihood, which is convex and so has one answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

_MOST_STEPS = 100
_NEAR_ZERO = 1e-3
_MANY_ROWS = 50_000


@dataclass(frozen=True)
class LogisticFit:
    """`beta` float[1 + p]: intercept and coefficients; Newton steps taken on all rows."""

    beta: np.ndarray
    steps: int

    @property
    def intercept(self) -> float:
        return float(self.beta[0])

    @property
    def coefficients(self) -> np.ndarray:
        return self.beta[1:]


@dataclass(frozen=True)
class _Problem:
    """Penalised log-loss of rows: `design` float[n, 1 + p] with ones first; `ridge`, `floor` (least beta) float[1 + p]."""

    design: np.ndarray
    hits: np.ndarray
    weights: np.ndarray
    ridge: np.ndarray
    floor: np.ndarray

    def tenth(self) -> _Problem:
        """The first tenth of the rows, under a tenth of the ridge."""
        some = len(self.hits) // 10
        design = np.asfortranarray(self.design[:some])
        return replace(self, design=design, hits=self.hits[:some], weights=self.weights[:some], ridge=self.ridge / 10)

    def start(self) -> np.ndarray:
        """No variable matters, the overall rate holds."""
        rate = float((self.weights @ self.hits) / self.weights.sum())
        return np.append(np.log(rate / (1 - rate)), np.zeros(self.design.shape[1] - 1))

    def loss(self, beta: np.ndarray, odds: np.ndarray) -> float:
        """`odds` are `design @ beta`, worked out once for each beta."""
        return float(self.weights @ (np.logaddexp(0, odds) - self.hits * odds) + 0.5 * self.ridge @ beta**2)

    def slope(self, beta: np.ndarray, chance: np.ndarray) -> np.ndarray:
        return self.design.T @ (self.weights * (chance - self.hits)) + self.ridge * beta

    def newton(self, slope: np.ndarray, chance: np.ndarray, free: np.ndarray) -> np.ndarray:
        """The step: Newton's among the free weights, a scaled gradient for those held at 0."""
        root = self.design * np.sqrt(self.weights * chance * (1 - chance))[:, None]
        bend = root.T @ root + np.diag(self.ridge)
        move = -slope / bend.diagonal()
        move[free] = np.linalg.lstsq(bend[np.ix_(free, free)], -slope[free])[0]
        return move


def fit_coefficients(
    matrix: np.ndarray, hits: np.ndarray, weights: np.ndarray, l2: float, *, non_negative: bool = True
) -> LogisticFit:
    """The best coefficients, none of them below 0 unless `non_negative` is false.

    `matrix` float[n, p], `hits` float[n] of 0 and 1 with both present, `weights` float[n] > 0; `l2` ≥ 0: the loss
    adds l2/2 × Σ coefficient² (the intercept is free). Many rows are begun with the answer for the first tenth of
    them: faster, and the same answer.
    """
    n, p = matrix.shape
    ridge = np.append(0.0, np.full(p, l2 + 1e-9))
    floor = np.append(-np.inf, np.full(p, 0.0 if non_negative else -np.inf))
    design = np.empty((n, 1 + p), order="F")
    design[:, 0], design[:, 1:] = 1.0, matrix
    problem = _Problem(design, hits, weights, ridge, floor)
    with threadpool_limits(1, user_api="blas"):  # on a busy machine threads mostly wait for one another
        if n >= _MANY_ROWS and 0 < hits[: n // 10].sum() < n // 10:
            first = problem.tenth()
            return _solved(problem, _solved(first, first.start()).beta)
        return _solved(problem, problem.start())


def _solved(problem: _Problem, beta: np.ndarray) -> LogisticFit:
    """Projected Newton from `beta` until nothing moves."""
    step, odds = 0, problem.design @ beta
    while step < _MOST_STEPS:
        step += 1
        chance = 1 / (1 + np.exp(-odds))
        slope = problem.slope(beta, chance)
        held = (beta <= problem.floor + _NEAR_ZERO) & (slope > 0)
        found = _along(problem, beta, odds, problem.newton(slope, chance, ~held), slope)
        if found is None or np.abs(found[0] - beta).max() < 1e-9:
            break
        beta, odds = found
    return LogisticFit(beta, step)


def _along(
    problem: _Problem, beta: np.ndarray, odds: np.ndarray, move: np.ndarray, slope: np.ndarray
) -> tuple[np.ndarray, np.ndarray] | None:
    """The first point along the projected step that lowers the loss enough (Armijo) and its odds, or None at the optimum."""
    now = problem.loss(beta, odds)
    for halving in range(40):
        trial = np.maximum(beta + move / 2**halving, problem.floor)
        if not (trial != beta).any():
            continue
        further = problem.design @ trial
        if problem.loss(trial, further) <= now + 1e-4 * float(slope @ (trial - beta)):
            return trial, further
    return None
