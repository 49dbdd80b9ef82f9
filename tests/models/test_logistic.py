"""The regression without negative coefficients: the optimum itself, found in few steps from any start."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from models.logistic import fit_coefficients


def problem(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(matrix with correlated columns, some of them harmful, hits, weights)."""
    draw = np.random.default_rng(seed)
    matrix = draw.normal(size=(count, 5)) @ draw.normal(size=(5, 5))
    odds = matrix @ np.array([0.8, -0.5, 0.3, 0.0, -0.1]) - 1
    return matrix, (draw.random(count) < 1 / (1 + np.exp(-odds))).astype(float), draw.integers(1, 4, count).astype(float)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.01, 10.0]), st.booleans())
def test_it_is_the_optimum_under_the_constraint(seed: int, l2: float, non_negative: bool) -> None:
    matrix, hits, weights = problem(300, seed)

    def loss(beta: np.ndarray) -> float:
        odds = beta[0] + matrix @ beta[1:]
        return float(weights @ (np.logaddexp(0, odds) - hits * odds) + l2 / 2 * (beta[1:] ** 2).sum())

    bounds = [(None, None)] + [(0 if non_negative else None, None)] * 5
    best = minimize(loss, np.zeros(6), method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-9})
    found = fit_coefficients(matrix, hits, weights, l2, non_negative=non_negative)
    assert not non_negative or (found.coefficients >= 0).all()
    assert loss(found.beta) <= best.fun + 1e-7
    assert found.beta == pytest.approx(best.x, abs=2e-3)
    assert found.steps <= 15


def test_many_rows_give_the_same_answer_whatever_their_first_tenth_holds() -> None:
    matrix, hits, weights = problem(50_000, 1)
    mixed = fit_coefficients(matrix, hits, weights, 1.0)
    for order in (np.argsort(hits, kind="stable"), np.argsort(-hits, kind="stable"), np.argsort(matrix[:, 0])):
        found = fit_coefficients(matrix[order], hits[order], weights[order], 1.0)
        assert found.beta == pytest.approx(mixed.beta, abs=1e-7)


def test_without_columns_only_the_rate_is_left() -> None:
    found = fit_coefficients(np.empty((4, 0)), np.array([1.0, 0, 0, 0]), np.ones(4), 1.0)
    assert found.intercept == pytest.approx(np.log(1 / 3))
    assert len(found.coefficients) == 0
