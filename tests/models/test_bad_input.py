"""Bad input, for both estimators alike: a clear refusal, or a fallback that is written down; never a silent score."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from models.challenger import ChallengerClassifier
from models.frames import FEW_EVENTS, FrameClassifier
from models.scorecard import ScorecardClassifier
from tests.models.firms import firms

FRAME, EVENTS, _ = firms(1200, seed=4)


def fresh(kind: type) -> Any:
    """An untrained estimator; the challenger with few trees."""
    return ScorecardClassifier() if kind is ScorecardClassifier else ChallengerClassifier(iterations=15, folds=2)


@pytest.fixture(scope="module", params=[ScorecardClassifier, ChallengerClassifier], ids=["scorecard", "challenger"])
def kind(request: pytest.FixtureRequest) -> type:
    return request.param


@pytest.fixture(scope="module")
def model(kind: type) -> Any:
    return fresh(kind).fit(FRAME, EVENTS)


SCORES: list[Callable[[FrameClassifier, Any], Any]] = [
    lambda model, frame: model.decision_function(frame),
    lambda model, frame: model.predict_proba(frame),
    lambda model, frame: model.reasons(frame),  # type: ignore[attr-defined]
]


@pytest.mark.parametrize(
    ("values", "name"), [(np.nan, "nothing"), (None, "empty"), (7, "one"), ("甲", "word"), (True, "always"), (pd.NA, "unknown")]
)
def test_a_constant_or_missing_column_is_left_out_said_so_and_changes_no_score(
    kind: type, model: Any, values: Any, name: str
) -> None:
    wide = FRAME.assign(**{name: values})
    found = fresh(kind).fit(wide, EVENTS)
    assert found.dropped_["why"][found.dropped_["variable"] == name].str.contains("取值单一|全部缺失").all()
    assert name in set(found.dropped_["variable"])
    assert (found.decision_function(wide) == model.decision_function(FRAME)).all()


def test_with_nothing_but_constant_columns_everybody_gets_the_overall_rate(kind: type) -> None:
    frame = pd.DataFrame({"one": 7, "nothing": np.nan}, index=range(len(EVENTS)))
    found = fresh(kind).fit(frame, EVENTS)
    assert found.predict_proba(frame)[:, 1] == pytest.approx(np.full(len(EVENTS), EVENTS.mean()), abs=1e-6)
    assert found.reasons(frame).empty


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_only_is_refused(kind: type, label: int) -> None:
    with pytest.raises(ValueError, match="只有一类"):
        fresh(kind).fit(FRAME, np.full(len(FRAME), label))


def test_one_class_among_the_rows_with_weight_is_refused(kind: type) -> None:
    with pytest.raises(ValueError, match="只有一类"):
        fresh(kind).fit(FRAME, EVENTS, sample_weight=1 - EVENTS)


def test_three_classes_are_refused(kind: type) -> None:
    with pytest.raises(ValueError, match="只能分两类"):
        fresh(kind).fit(FRAME, np.arange(len(FRAME)) % 3)


def test_a_missing_outcome_is_refused(kind: type) -> None:
    with pytest.raises(ValueError, match="NaN"):
        fresh(kind).fit(FRAME, np.where(np.arange(len(FRAME)) == 3, np.nan, EVENTS))


def test_fewer_than_fifty_events_are_said_aloud_and_marked(kind: type, model: Any) -> None:
    few = np.zeros(len(FRAME), dtype=int)
    few[: FEW_EVENTS - 1] = 1
    with pytest.warns(UserWarning, match="不足 50 个"):
        found = fresh(kind).fit(FRAME, few)
    assert found.thin_
    assert not model.thin_


def test_a_single_event_is_learned_from_with_two_warnings() -> None:
    one = (np.arange(len(FRAME)) == 5).astype(int)
    with pytest.warns(UserWarning, match="无法校准"), pytest.warns(UserWarning, match="不足 50 个"):
        found = ChallengerClassifier(iterations=5, folds=2).fit(FRAME, one)
    assert found.sigmoid_.folds == 0


def test_an_unseen_category_is_neutral_on_the_card_and_missing_to_the_trees(kind: type, model: Any) -> None:
    strange = FRAME.assign(sector="从未见过的行业")
    if kind is ScorecardClassifier:
        assert (model.card_.contributions(strange)["sector"] == 0).all()
    else:
        assert (model.decision_function(strange) == model.decision_function(FRAME.assign(sector=None))).all()
    assert np.isfinite(model.decision_function(strange)).all()


@pytest.mark.parametrize("bad", [np.inf, -np.inf, Decimal("Infinity")])
def test_infinity_is_refused_in_training_and_in_scoring(kind: type, model: Any, bad: Any) -> None:
    column = FRAME["share"].astype(object).where(FRAME.index != 3, bad)
    with pytest.raises(ValueError, match="列「share」里有无穷大"):
        fresh(kind).fit(FRAME.assign(share=column), EVENTS)
    for score in SCORES:
        with pytest.raises(ValueError, match="列「share」里有无穷大"):
            score(model, FRAME.assign(share=column))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (pd.to_datetime(["2026-01-01"] * len(FRAME)), "日期请先换算成天数"),
        ([f"编号{row}" for row in range(len(FRAME))], "像是编号而不是特征"),
        ([[1]] * len(FRAME), "列表或字典"),
        ([1j] * len(FRAME), "complex128"),
    ],
    ids=["date", "identifier", "list", "complex"],
)
def test_what_is_no_feature_is_refused_by_name(kind: type, values: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        fresh(kind).fit(FRAME.assign(bad=values), EVENTS)


def test_words_in_a_number_column_are_never_scored(model: Any) -> None:
    for score in SCORES:
        with pytest.raises(ValueError, match="列「penalties」里有不是数的值"):
            score(model, FRAME.assign(penalties="三次"))


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (FRAME.drop(columns="age"), "缺少 age：请只给出训练时的列"),
        (FRAME.assign(other=1), "多出 other：请只给出训练时的列"),
        (FRAME.rename(columns={"age": "years"}), "多出 years；缺少 age"),
        (pd.concat([FRAME, FRAME[["age"]]], axis=1), "列名重复：age"),
        (pd.DataFrame(index=FRAME.index), "缺少 penalties、age"),
    ],
    ids=["lacking", "further", "renamed", "doubled", "none"],
)
def test_other_columns_than_in_training_are_refused_and_named(model: Any, spoiled: pd.DataFrame, told: str) -> None:
    for score in SCORES:
        with pytest.raises(ValueError, match=told):
            score(model, spoiled)


def test_doubled_columns_are_refused_in_training(kind: type) -> None:
    with pytest.raises(ValueError, match="列名重复：age"):
        fresh(kind).fit(pd.concat([FRAME, FRAME[["age"]]], axis=1), EVENTS)


def test_another_column_order_is_put_right(model: Any) -> None:
    turned = FRAME[list(reversed(FRAME.columns))]
    assert (model.decision_function(turned) == model.decision_function(FRAME)).all()
    pd.testing.assert_frame_equal(model.reasons(turned), model.reasons(FRAME))


@pytest.mark.parametrize("empty", [FRAME.iloc[:0], FRAME.iloc[:0].astype(object)], ids=["typed", "untyped"])
def test_a_frame_without_rows_is_answered_with_no_scores(model: Any, empty: pd.DataFrame) -> None:
    assert model.decision_function(empty).shape == (0,)
    assert model.predict_proba(empty).shape == (0, 2)
    assert model.predict(empty).shape == (0,)
    assert model.reasons(empty).empty
    assert list(model.reasons(empty).columns) == list(model.reasons(FRAME).columns)


@pytest.mark.parametrize(("empty", "told"), [(FRAME.iloc[:0], "没有行"), (FRAME[[]], "没有列")])
def test_nothing_to_learn_from_is_refused(kind: type, empty: pd.DataFrame, told: str) -> None:
    with pytest.raises(ValueError, match=f"没有训练数据，表里{told}"):
        fresh(kind).fit(empty, EVENTS[: len(empty)])


@pytest.mark.parametrize(
    ("weights", "told"), [(-np.ones(len(FRAME)), "Negative"), (np.zeros(len(FRAME)), "全为零"), (np.ones(3), "sample_weight")]
)
def test_weights_that_mean_nothing_are_refused(kind: type, weights: np.ndarray, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        fresh(kind).fit(FRAME, EVENTS, sample_weight=weights)


def test_a_column_of_extreme_numbers_is_scored_as_its_ranks(kind: type) -> None:
    huge = FRAME.assign(age=FRAME["age"] * 1e300)
    model, plain = fresh(kind).fit(huge, EVENTS), fresh(kind).fit(FRAME, EVENTS)
    assert np.abs(model.decision_function(huge) - plain.decision_function(FRAME)).max() < 1e-9
