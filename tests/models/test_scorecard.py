"""The scorecard: what it says adds up, nothing but the data changes it, it reads back to the bit, and it ranks."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import estimator_checks_generator

from models.card import TABLE, Scorecard
from models.evaluate import auc
from models.scorecard import ScorecardClassifier
from tests.models.firms import WISHES, firms, fitted

FRAME, EVENTS, _ = firms()

#: scikit-learn's own checks that cannot run here → why.
NOT_RUN = {"check_array_api_input": "needs SCIPY_ARRAY_API; the scorecard makes no array-API claim"}


@pytest.mark.parametrize(
    ("estimator", "check"),
    [
        pytest.param(*pair, id=str(place))
        for place, pair in enumerate(estimator_checks_generator(ScorecardClassifier()))
        if pair[1].func.__name__ not in NOT_RUN
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_it_passes_the_checks_scikit_learn_has_for_its_own(estimator: ScorecardClassifier, check: object) -> None:
    check(estimator)  # type: ignore[operator]


def test_points_are_the_base_points_plus_the_points_of_the_bins() -> None:
    card = fitted().card_
    parts = card.contributions(FRAME)
    assert (card.base_points + parts.sum(axis=1) == card.points(FRAME)).all()
    assert card.points(FRAME).dtype == np.int64


def test_points_are_the_rounded_log_odds_on_the_scale_of_the_card() -> None:
    model = fitted()
    exact = 200 + 40 / math.log(2) * (model.decision_function(FRAME) - math.log(0.05))
    assert np.abs(model.points(FRAME) - exact).max() <= (len(model.card_.variables) + 1) / 2
    chance = model.predict_proba(FRAME)
    assert np.allclose(np.log(chance[:, 1] / chance[:, 0]), model.decision_function(FRAME))


def test_the_mean_probability_is_the_event_rate() -> None:
    assert fitted().predict_proba(FRAME)[:, 1].mean() == pytest.approx(EVENTS.mean(), abs=1e-4)


def test_no_coefficient_is_negative_and_more_events_never_mean_fewer_points() -> None:
    card = fitted().card_
    assert all(part.coefficient > 0 for part in card.variables)
    for part in card.variables:
        order = np.argsort([one.woe for one in part.bins])
        assert (np.diff(part.points[order]) >= 0).all()


def test_a_variable_that_would_turn_its_meaning_round_is_left_out() -> None:
    draw = np.random.default_rng(0)
    level = draw.normal(size=6000)
    part = level + draw.normal(size=6000)  # alone: rises with the risk; beside `level`: falls
    hits = (draw.random(6000) < 1 / (1 + np.exp(2 - 2 * level + 0.8 * part))).astype(int)
    model = ScorecardClassifier().fit(pd.DataFrame({"level": level, "part": part}), hits)
    assert [one.name for one in model.card_.variables] == ["level"]
    assert model.dropped_.to_dict("records") == [{"variable": "part", "why": "系数不为正：其他变量已经说明"}]
    free = ScorecardClassifier(sign_control=False).fit(pd.DataFrame({"level": level, "part": part}), hits)
    assert free.card_.variables[1].coefficient < 0


def test_the_table_is_what_an_official_can_check_by_hand() -> None:
    table = fitted().table_
    assert tuple(table.columns) == TABLE
    assert table.loc[0, ["label", "bin", "count", "events"]].tolist() == ["基础分", "全部", len(FRAME), EVENTS.sum()]
    for name, part in table.iloc[1:].groupby("variable"):
        assert part["count"].sum() == len(FRAME), name
        assert part["events"].sum() == EVENTS.sum(), name
        seen = part[part["count"] > 0]
        assert np.allclose(seen["event_rate"], seen["events"] / seen["count"])
        others = (seen["count"] - seen["events"]) / (len(EVENTS) - EVENTS.sum())
        assert np.allclose(seen["iv"], (seen["events"] / EVENTS.sum() - others) * seen["woe"], atol=1e-6)
    row = table[(table["variable"] == "penalties") & (table["bin"] == "没有处罚")].iloc[0]
    none = FRAME["penalties"] == 0
    assert (row["label"], row["count"], row["events"]) == ("一年内处罚", none.sum(), EVENTS[none].sum())
    extra = 1 / EVENTS.mean()  # one pseudo-event at the overall rate
    rate = (row["events"] + 1) / (row["count"] + extra)
    assert row["woe"] == pytest.approx(math.log(rate / (1 - rate) / EVENTS.mean() * (1 - EVENTS.mean())), abs=1e-6)


def test_reasons_add_up_to_the_distance_from_the_average() -> None:
    card = fitted().card_
    told = card.reasons(FRAME, top=99)
    distance = told.groupby("row")["points_vs_mean"].sum()
    assert np.allclose(distance, card.points(FRAME) - card.mean_points)
    assert card.mean_points == pytest.approx(card.points(FRAME).mean())


def test_reasons_are_the_largest_first_and_show_the_value_and_its_bin() -> None:
    frame = pd.DataFrame(
        {
            "penalties": [9, 0],
            "age": [10, 8999],
            "share": [np.nan, 0.99],
            "sector": ["客运", "未见"],
            "listed": [True, False],
            "noise": [0.0, 0.0],
        }
    )
    told = fitted().reasons(frame, top=3)
    assert told.groupby("row")["ordinal"].apply(list).tolist() == [[1, 2, 3], [1, 2, 3]]
    assert (told.groupby("row")["points_vs_mean"].apply(lambda part: part.abs().is_monotonic_decreasing)).all()
    first = told.iloc[0]
    assert (first["variable"], first["value"], first["bin"]) == ("penalties", 9, "4 次及以上")
    assert first["points_vs_mean"] > 0
    everything = fitted().reasons(frame, top=99)
    unseen = everything[(everything["row"] == 1) & (everything["variable"] == "sector")].iloc[0]
    part = next(one for one in fitted().card_.variables if one.name == "sector")
    assert unseen["bin"] == "训练时没有的类别"
    assert unseen["points_vs_mean"] == pytest.approx(-part.mean_points)
    missing = everything[(everything["row"] == 0) & (everything["variable"] == "share")].iloc[0]
    assert (missing["value"], missing["bin"]) == (None, "缺失")


def test_an_unseen_category_gets_no_points() -> None:
    strange = FRAME.assign(sector="从未见过的行业")
    assert (fitted().card_.contributions(strange)["sector"] == 0).all()


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_and_columns_changes_no_bit(seed: int) -> None:
    rows = np.random.default_rng(seed).permutation(len(FRAME))
    columns = np.random.default_rng(seed).permutation(FRAME.columns)
    again = ScorecardClassifier(**WISHES).fit(FRAME.iloc[rows][columns], EVENTS[rows])
    assert again.card_ == fitted().card_
    assert (again.decision_function(FRAME) == fitted().decision_function(FRAME[columns])).all()


def test_the_order_of_rows_with_uneven_weights_changes_no_bit() -> None:
    draw = np.random.default_rng(0)
    weights, rows = draw.random(len(FRAME)), draw.permutation(len(FRAME))
    one = ScorecardClassifier().fit(FRAME, EVENTS, weights)
    assert ScorecardClassifier().fit(FRAME.iloc[rows], EVENTS[rows], weights[rows]).card_ == one.card_


def test_one_row_alone_scores_as_among_others() -> None:
    together = fitted().decision_function(FRAME.iloc[:50])
    alone = [fitted().decision_function(FRAME.iloc[[row]])[0] for row in range(50)]
    assert (together == alone).all()


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["penalties", "share"]), st.sampled_from(["exp", "cube", "shift"]))
def test_a_strictly_increasing_transform_of_a_column_changes_no_points(name: str, how: str) -> None:
    turn = {"exp": np.exp, "cube": lambda x: x**3 - 5, "shift": lambda x: x * 0.001 + 1000}[how]
    plain = {"labels": WISHES["labels"]}
    before = ScorecardClassifier(**plain).fit(FRAME, EVENTS)
    turned = FRAME.assign(**{name: turn(FRAME[name].astype(float))})
    after = ScorecardClassifier(**plain).fit(turned, EVENTS)
    assert (before.points(FRAME) == after.points(turned)).all()


def test_weights_count_as_repeated_rows() -> None:
    times = np.random.default_rng(3).integers(0, 4, len(FRAME))
    repeated = FRAME.loc[FRAME.index.repeat(times)]
    heavy = ScorecardClassifier(**WISHES).fit(FRAME, EVENTS, sample_weight=times)
    again = ScorecardClassifier(**WISHES).fit(repeated, np.repeat(EVENTS, times))
    pd.testing.assert_frame_equal(heavy.table_, again.table_)


def test_json_reads_back_to_the_bit() -> None:
    model = fitted()
    again = ScorecardClassifier.from_json(model.to_json())
    assert again.card_ == model.card_
    assert again.get_params() == model.get_params()
    assert again.to_json() == model.to_json()
    assert (again.decision_function(FRAME) == model.decision_function(FRAME)).all()
    assert (again.predict(FRAME) == model.predict(FRAME)).all()
    pd.testing.assert_frame_equal(again.reasons(FRAME), model.reasons(FRAME))
    pd.testing.assert_frame_equal(again.table_, model.table_)
    assert "一年内处罚" in model.to_json()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "xinjian-scorecard/0"}', "null", "评分卡"])
def test_what_is_no_scorecard_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="评分卡"):
        Scorecard.from_json(text)
    with pytest.raises(ValueError, match="评分卡"):
        ScorecardClassifier.from_json(text)


def test_a_card_whose_bins_do_not_fit_its_cut_points_is_refused() -> None:
    plain = json.loads(fitted().card_.to_json())
    plain["variables"][0]["bins"].pop()
    with pytest.raises(ValueError, match="对不上"):
        Scorecard.from_json(json.dumps(plain))


def test_scoring_from_the_json_needs_no_scikit_learn() -> None:
    code = "import sys; from models.card import Scorecard; sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_ranks_no_worse_than_a_logistic_regression_on_well_chosen_columns() -> None:
    frame, events, _ = firms(12000, seed=5)
    fresh, happened, odds = firms(30000, seed=6)

    def chosen(part: pd.DataFrame) -> pd.DataFrame:
        part = part.assign(unknown=part["share"].isna(), share=part["share"].fillna(0), age=part["age"] / 9000)
        return pd.get_dummies(part, columns=["sector"]).astype(float)

    plain = LogisticRegression(max_iter=1000).fit(chosen(frame), events)
    card = ScorecardClassifier().fit(frame, events)
    reached = auc(happened, card.decision_function(fresh))
    assert reached >= auc(happened, plain.predict_proba(chosen(fresh))[:, 1]) - 0.005
    assert reached >= auc(happened, odds) - 0.01
    assert auc(happened, card.points(fresh)) >= reached - 0.002


def test_fewer_than_fifty_events_are_said_aloud() -> None:
    few = np.zeros(len(FRAME), dtype=int)
    few[:49] = 1
    with pytest.warns(UserWarning, match="不足 50 个"):
        model = ScorecardClassifier().fit(FRAME, few)
    assert model.thin_
    assert not fitted().thin_


def test_columns_that_say_nothing_are_left_out_with_their_reason() -> None:
    frame = FRAME.assign(one=7, none=np.nan, empty=None)
    model = ScorecardClassifier().fit(frame, EVENTS)
    why = dict(model.dropped_.to_numpy().tolist())
    assert {"one", "none", "empty"} <= set(why)
    assert why["one"].startswith("各分箱没有差别")


def test_with_nothing_to_tell_apart_everybody_gets_the_base_points() -> None:
    model = ScorecardClassifier().fit(FRAME[["noise"]] * 0, EVENTS)
    assert (model.points(FRAME[["noise"]]) == model.card_.base_points).all()
    assert model.predict_proba(FRAME[["noise"]])[0, 1] == pytest.approx(EVENTS.mean(), abs=1e-6)
    assert model.reasons(FRAME[["noise"]]).empty


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"directions": {"penaltys": "up"}}, "penaltys"),
        ({"directions": {"age": "more"}}, "more"),
        ({"max_bins": 0}, "max_bins"),
        ({"smoothing": 0}, "smoothing"),
        ({"pdo": -1}, "pdo"),
        ({"base_odds": 0}, "base_odds"),
    ],
)
def test_parameters_that_mean_nothing_are_refused(changes: dict, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        ScorecardClassifier(**changes).fit(FRAME, EVENTS)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (FRAME.drop(columns="age"), "age"),
        (FRAME.assign(other=1), "other"),
        (FRAME.assign(age=np.inf), "无穷大"),
        (pd.concat([FRAME, FRAME[["age"]]], axis=1), "列名重复：age"),
    ],
    ids=["missing", "further", "infinite", "doubled"],
)
def test_a_frame_that_does_not_fit_is_refused_and_never_scored(frame: pd.DataFrame, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        fitted().points(frame)


def test_the_card_takes_its_columns_by_name_and_says_which_are_missing() -> None:
    wide = FRAME.assign(other=1)[["other", *reversed(FRAME.columns)]]
    assert (fitted().card_.points(wide) == fitted().points(FRAME)).all()
    with pytest.raises(ValueError, match="缺少评分卡要用的列：age、penalties"):
        fitted().card_.points(FRAME.drop(columns=["penalties", "age"]))


def test_one_class_only_is_refused() -> None:
    with pytest.raises(ValueError, match="只有一类"):
        ScorecardClassifier().fit(FRAME, np.zeros(len(FRAME)))
