"""The challenger: an ordinary classifier, in the declared directions, calibrated, and nothing but the data changes it."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.utils.estimator_checks import estimator_checks_generator
from threadpoolctl import threadpool_limits

from models.challenger import ChallengerClassifier
from models.evaluate import auc
from tests.models.firms import WISHES, challenger, contrary, firms, fitted

FRAME, EVENTS, _ = firms(3000)
QUICK = {"iterations": 20, "folds": 2}
#: The checks learn from a hundred rows or two: a few fast trees, where the product grows many slow ones.
TINY = ChallengerClassifier(iterations=10, learning_rate=0.3, l2=1.0, min_leaf=5, folds=2)

#: scikit-learn's own checks that do not apply here → why.
NOT_RUN = {
    "check_array_api_input": "needs SCIPY_ARRAY_API; the challenger makes no array-API claim",
    "check_sample_weight_equivalence_on_dense_data": "the least rows of a leaf are rows, not weights; scikit-learn excuses "
    "its own HistGradientBoosting from it for the same reason",
}


@pytest.mark.parametrize(
    ("estimator", "check"),
    [
        pytest.param(*pair, id=str(place))
        for place, pair in enumerate(estimator_checks_generator(TINY))
        if pair[1].func.__name__ not in NOT_RUN
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_it_passes_the_checks_scikit_learn_has_for_its_own(estimator: ChallengerClassifier, check: object) -> None:
    check(estimator)  # type: ignore[operator]


def grid(name: str, values: list) -> pd.DataFrame:
    """Every row of FRAME's first forty with each of the values in one column."""
    few = FRAME.iloc[:40]
    return pd.concat([few.assign(**{name: value}) for value in values])


@pytest.mark.parametrize("learned", [challenger, contrary])
@pytest.mark.parametrize(("name", "values", "sign"), [("penalties", list(range(9)), 1), ("age", list(range(0, 9000, 150)), -1)])
def test_the_log_odds_follow_the_declared_direction_whatever_the_record_says(
    learned: Callable[[], ChallengerClassifier], name: str, values: list, sign: int
) -> None:
    said = learned().decision_function(grid(name, values)).reshape(len(values), 40) * sign
    assert (np.diff(said, axis=0) >= 0).all()
    assert (said[-1] > said[0]).all()


def test_a_variable_without_a_direction_is_free() -> None:
    events = ((FRAME["age"] - 4500).abs() > 3000).to_numpy().astype(int)
    free = ChallengerClassifier(**QUICK).fit(FRAME[["age"]], events)
    bound = ChallengerClassifier({"age": "up"}, **QUICK).fit(FRAME[["age"]], events)
    assert auc(events, free.decision_function(FRAME[["age"]])) > 0.99
    assert auc(events, bound.decision_function(FRAME[["age"]])) < 0.8


def test_a_direction_of_categories_means_nothing() -> None:
    one = ChallengerClassifier({"sector": "up"}, **QUICK).fit(FRAME, EVENTS)
    other = ChallengerClassifier(**QUICK).fit(FRAME, EVENTS)
    assert (one.decision_function(FRAME) == other.decision_function(FRAME)).all()


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_and_columns_changes_no_bit(seed: int) -> None:
    rows = np.random.default_rng(seed).permutation(len(FRAME))
    columns = np.random.default_rng(seed).permutation(FRAME.columns)
    weights = np.random.default_rng(1).random(len(FRAME))
    firm = np.arange(len(FRAME)) // 3
    one = ChallengerClassifier(**QUICK).fit(FRAME, EVENTS, weights, groups=firm)
    again = ChallengerClassifier(**QUICK).fit(FRAME.iloc[rows][columns], EVENTS[rows], weights[rows], groups=firm[rows])
    assert (again.decision_function(FRAME) == one.decision_function(FRAME[columns])).all()
    assert again.told() == one.told()


def test_the_number_of_cores_changes_no_bit() -> None:
    with threadpool_limits(1):
        one = ChallengerClassifier(**QUICK).fit(FRAME, EVENTS)
    assert (ChallengerClassifier(**QUICK).fit(FRAME, EVENTS).decision_function(FRAME) == one.decision_function(FRAME)).all()


def test_the_type_of_a_column_changes_no_bit() -> None:
    other = FRAME.astype({"penalties": float, "age": "Int64", "sector": "category", "listed": object})
    again = ChallengerClassifier(**QUICK).fit(other, EVENTS)
    assert (again.decision_function(other) == ChallengerClassifier(**QUICK).fit(FRAME, EVENTS).decision_function(FRAME)).all()


def test_rows_without_weight_are_not_there() -> None:
    weights = np.repeat([1.0, 0.0], len(FRAME) // 2)
    heavy = ChallengerClassifier(**QUICK).fit(FRAME, EVENTS, weights)
    half = ChallengerClassifier(**QUICK).fit(FRAME[weights > 0], EVENTS[weights > 0])
    assert (heavy.decision_function(FRAME) == half.decision_function(FRAME)).all()


def test_it_is_calibrated_on_rows_it_has_not_seen() -> None:
    frame, events, _ = firms(6000, seed=8)
    model = ChallengerClassifier(iterations=300, learning_rate=0.3, max_leaves=8, min_leaf=5, l2=0).fit(frame, events)
    fresh, happened, _ = firms(20000, seed=9)
    chance = model.predict_proba(fresh)[:, 1]
    assert model.sigmoid_.slope < 0.6  # so many deep trees shout: the sigmoid turns them down
    assert chance.mean() == pytest.approx(happened.mean(), abs=0.01)
    top = chance >= np.quantile(chance, 0.9)
    assert chance[top].mean() == pytest.approx(happened[top].mean(), abs=0.03)


def test_a_group_is_never_on_both_sides_of_a_fold() -> None:
    frame = pd.concat([FRAME.iloc[:400]] * 5, ignore_index=True).assign(own=lambda each: each.index / len(each))
    firm = np.tile(np.arange(400), 5)
    events = np.tile(np.random.default_rng(0).integers(0, 2, 400), 5)  # a coin per firm: nothing can be learned
    parted = ChallengerClassifier(**QUICK, min_leaf=1).fit(frame, events)
    whole = ChallengerClassifier(**QUICK, min_leaf=1).fit(frame, events, groups=firm)
    assert parted.sigmoid_.slope > 1
    assert whole.sigmoid_.slope < 0.2


def test_it_ranks_no_worse_than_the_scorecard() -> None:
    frame, events, _ = firms(12000, seed=5)
    fresh, happened, odds = firms(30000, seed=6)
    reached = auc(happened, ChallengerClassifier(directions=WISHES["directions"]).fit(frame, events).decision_function(fresh))
    assert reached >= auc(happened, odds) - 0.01


def test_it_finds_what_a_scorecard_cannot() -> None:
    draw = np.random.default_rng(3)
    frame = pd.DataFrame({"one": draw.normal(size=6000), "two": draw.normal(size=6000)})
    events = (draw.random(6000) < np.where(frame["one"] * frame["two"] > 0, 0.4, 0.05)).astype(int)
    model = ChallengerClassifier(**{**QUICK, "iterations": 60}).fit(frame[:4000], events[:4000])
    assert auc(events[4000:], model.decision_function(frame[4000:])) > 0.7


def test_the_card_is_told_in_plain_json() -> None:
    told = challenger().told()
    assert json.loads(json.dumps(told, ensure_ascii=False, allow_nan=False)) == told
    assert (told["rows"], told["events"], told["thin"]) == (len(FRAME), EVENTS.sum(), False)
    assert told["trees"] == 60
    assert told["calibration"]["folds"] == 3
    assert "沙普利值" in told["reasons"]
    figures = [each["mean_log_odds"] for each in told["variables"]]
    assert figures == sorted(figures, reverse=True)
    first = next(each for each in told["variables"] if each["variable"] == "penalties")
    assert (first["label"], first["direction"], first["usual"]) == ("一年内处罚", "up", "1 次")
    assert {each["variable"] for each in told["variables"]} == set(FRAME)
    parts = challenger().forest_.contributions(FRAME).abs().mean() / 1e9
    assert first["mean_log_odds"] == pytest.approx(parts["penalties"], abs=1e-6)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"directions": {"penaltys": "up"}}, "penaltys"),
        ({"directions": {"age": "more"}}, "more"),
        ({"iterations": 0}, "iterations"),
        ({"max_leaves": 10}, "max_leaves"),
        ({"folds": 0}, "folds"),
        ({"l2": -1}, "l2"),
    ],
)
def test_parameters_that_mean_nothing_are_refused(changes: dict, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        ChallengerClassifier(**changes).fit(FRAME, EVENTS)


@pytest.mark.parametrize(
    ("groups", "told"),
    [(["甲"] * 10, "inconsistent"), ([None, *["甲"] * (len(FRAME) - 1)], "分组（groups）里有缺失")],
)
def test_groups_that_do_not_fit_are_refused(groups: list, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        ChallengerClassifier(**QUICK).fit(FRAME, EVENTS, groups=groups)


def test_both_models_take_the_same_frame() -> None:
    for model in (challenger(), fitted()):
        assert model.predict_proba(FRAME).shape == (len(FRAME), 2)
        assert {"row", "ordinal", "variable", "value"} <= set(model.reasons(FRAME.iloc[:5]).columns)
