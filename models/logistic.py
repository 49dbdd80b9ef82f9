"""Which weights, none of them negative, explain the events best? (系数不为负的逻辑回归)

Every WOE already points the right way, so a negative coefficient would turn a variable's meaning round: it is kept
at 0. This is the constrained optimum itself, not a chain of refits: projected Newton steps (Bertsekas 1982) on the
ridge-penalised log-likelihood, which is convex and so has one answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_MOST_STEPS = 100
_NEAR_ZERO = 1e-3


@dataclass(frozen=True)
class NonNegativeFit:
    """Intercept, coefficients (all ≥ 0), Newton steps taken."""

    intercept: float
    coefficients: np.ndarray
    steps: int


@dataclass(frozen=True)
class _Problem:
    """Penalised log-loss of rows: `design` float[n, 1 + p] with ones first, `ridge` float[1 + p]."""

    design: np.ndarray
    hits: np.ndarray
    weights: np.ndarray
    ridge: np.ndarray

    def loss(self, beta: np.ndarray) -> float:
        odds = self.design @ beta
        return float(self.weights @ (np.logaddexp(0, odds) - self.hits * odds) + 0.5 * self.ridge @ beta**2)

    def slope(self, beta: np.ndarray, chance: np.ndarray) -> np.ndarray:
        return self.design.T @ (self.weights * (chance - self.hits)) + self.ridge * beta

    def chance(self, beta: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-self.design @ beta))

    def newton(self, slope: np.ndarray, chance: np.ndarray, free: np.ndarray) -> np.ndarray:
        """The step: Newton's among the free weights, a scaled gradient for those held at 0."""
        bend = self.weights * chance * (1 - chance)
        part = self.design[:, free]
        move = -slope / (bend @ self.design**2 + self.ridge)
        move[free] = np.linalg.lstsq((part * bend[:, None]).T @ part + np.diag(self.ridge[free]), -slope[free])[0]
        return move


def fit_non_negative(matrix: np.ndarray, hits: np.ndarray, weights: np.ndarray, l2: float) -> NonNegativeFit:
    """The best non-negative coefficients.

    `matrix` float[n, p], `hits` float[n] of 0 and 1 with both present, `weights` float[n] ≥ 0; `l2` ≥ 0: the loss
    adds l2/2 × Σ coefficient² (the intercept is free).
    """
    n, p = matrix.shape
    rate = (weights @ hits) / weights.sum()
    problem = _Problem(np.column_stack([np.ones(n), matrix]), hits, weights, np.append(0.0, np.full(p, l2 + 1e-9)))
    beta = np.append(np.log(rate / (1 - rate)), np.zeros(p))
    step = 0
    while step < _MOST_STEPS:
        step += 1
        chance = problem.chance(beta)
        slope = problem.slope(beta, chance)
        held = (beta <= _NEAR_ZERO) & (slope > 0)
        held[0] = False
        better = _along(problem, beta, problem.newton(slope, chance, ~held), slope)
        if better is None or np.abs(better - beta).max() < 1e-9:
            break
        beta = better
    return NonNegativeFit(float(beta[0]), beta[1:], step)


def _along(problem: _Problem, beta: np.ndarray, move: np.ndarray, slope: np.ndarray) -> np.ndarray | None:
    """The first point along the projected step that lowers the loss enough (Armijo), or None at the optimum."""
    now = problem.loss(beta)
    for halving in range(40):
        trial = beta + move / 2**halving
        trial[1:] = np.maximum(trial[1:], 0.0)
        if problem.loss(trial) <= now + 1e-4 * float(slope @ (trial - beta)) and (trial != beta).any():
            return trial
    return None
