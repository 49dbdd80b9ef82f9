"""Groups, drift, funnels: what was planted is found, what is too small to say is not called good."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from models import drift
from models.backtest import Fold
from models.drift import CHANGED, DRIFTED, STABLE, UNSURE, of_card, of_frames, of_numbers, stability, stability_index
from models.fairness import EVEN, HIGH, LOW, disparity, fairness
from models.fairness import UNSURE as NOBODY_KNOWS
from models.features import load_features
from models.funnel import FAR, INSIDE, expected_rates, funnel
from models.scorecard import ScorecardClassifier
from models.watch import spread_of, watch
from tests.models import looks
from tests.models.looks import RULE
from tests.models.test_scoring import firms

FEATURES = list(load_features())


@pytest.fixture(scope="module")
def folds() -> list[Fold]:
    return looks.folds()


# --- fairness ---------------------------------------------------------------------------------------------------------


def compared(inside_share: float, other_share: float, size: int) -> dict[str, Any]:
    counted = np.concatenate([np.arange(size) < inside_share * size, np.arange(5000) < other_share * 5000])
    inside = np.arange(len(counted)) < size
    return disparity(counted, np.ones(len(counted), dtype=bool), inside, np.arange(len(counted)), RULE)


@pytest.mark.parametrize(
    ("mine", "theirs", "size", "verdict"),
    [
        (0.2, 0.2, 5000, EVEN),
        (0.4, 0.2, 1000, HIGH),
        (0.1, 0.2, 1000, LOW),
        (0.2, 0.2, 60, NOBODY_KNOWS),
        (0.8, 0.2, 20, NOBODY_KNOWS),
        (0.24, 0.2, 400, NOBODY_KNOWS),
        (0.0, 0.2, 1000, NOBODY_KNOWS),
    ],
)
def test_a_group_is_even_only_when_that_is_sure(mine: float, theirs: float, size: int, verdict: str) -> None:
    told = compared(mine, theirs, size)
    assert told["verdict"] == verdict
    if mine:
        assert told["ratio"] == pytest.approx(mine / theirs, rel=1e-3)
        assert told["ratio_low"] < told["ratio"] < told["ratio_high"]


def test_the_interval_of_a_ratio_is_that_of_katz() -> None:
    counted = np.array([1] * 30 + [0] * 70 + [1] * 20 + [0] * 80, dtype=bool)
    inside = np.arange(200) < 100
    told = disparity(counted, np.ones(200, dtype=bool), inside, np.arange(200), RULE)
    reach = 1.959964 * np.sqrt(1 / 30 - 1 / 100 + 1 / 20 - 1 / 100)
    assert (told["ratio"], told["ratio_low"], told["ratio_high"]) == pytest.approx(
        (1.5, 1.5 * np.exp(-reach), 1.5 * np.exp(reach)), abs=1e-5
    )


def test_the_same_enterprises_again_are_no_more_sure() -> None:
    counted = np.array([1, 0, 0, 1, 0, 0] * 40, dtype=bool)
    inside = np.arange(240) < 120
    once = disparity(counted, np.ones(240, dtype=bool), inside, np.arange(240), RULE)
    thrice = disparity(np.tile(counted, 3), np.ones(720, dtype=bool), np.tile(inside, 3), np.tile(np.arange(240), 3), RULE)
    assert thrice == once


def test_every_grouping_is_compared_and_a_planted_disparity_is_found(folds: list[Fold]) -> None:
    from dataclasses import replace

    planted = [
        replace(one, rows=one.rows.assign(risk_class=np.where(one.rows["county"] == "夏县", "高", one.rows["risk_class"])))
        for one in folds
    ]
    told = pd.DataFrame(fairness(planted, RULE))
    assert set(told["grouping"]) == {"县（市、区）", "规模", "行业", "登记年限"}
    found = told[(told["group"] == "夏县") & (told["measure"] == "flagged")].iloc[0]
    assert (found["verdict"], found["share"]) == (HIGH, 1.0)
    honest = pd.DataFrame(fairness(folds, RULE))
    assert (honest[(honest["grouping"] == "县（市、区）") & (honest["measure"] == "flagged")]["verdict"] != HIGH).all()


# --- drift ------------------------------------------------------------------------------------------------------------


def test_the_index_by_hand_and_nothing_moved_is_nothing() -> None:
    then, now = np.array([500, 500]), np.array([800, 200])
    assert stability_index(then, now) == pytest.approx(
        (0.8 - 0.5) * np.log(0.8 / 0.5) + (0.2 - 0.5) * np.log(0.2 / 0.5), abs=1e-3
    )
    assert stability_index(then, then * 3) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("now", "verdict"), [([500, 500], STABLE), ([620, 380], STABLE), ([680, 320], CHANGED), ([800, 200], DRIFTED)]
)
def test_the_borders_of_the_verdicts(now: list[int], verdict: str) -> None:
    assert stability("x", np.array([500, 500]), np.array(now), RULE).verdict == verdict


def test_so_few_rows_that_chance_alone_reaches_the_border_say_nothing() -> None:
    told = stability("x", np.full(10, 1000), np.array([4, 1, 2, 3, 1, 2, 2, 1, 2, 2]), RULE)
    assert told.noise > RULE.psi_minor
    assert told.verdict == UNSURE
    assert stability("x", np.full(10, 1000), np.zeros(10), RULE).verdict == UNSURE


def test_the_noise_is_what_95_of_100_comparisons_stay_below() -> None:
    draw, then = np.random.default_rng(0), np.full(10, 400)
    told = [stability("x", then, draw.multinomial(500, [0.1] * 10), RULE) for _ in range(500)]
    # then is itself counted without an error here, so a little less than the comparison of two samples
    assert np.mean([one.index < one.noise for one in told]) > 0.95


def test_a_planted_drift_is_found_in_its_feature_and_in_no_other() -> None:
    then, now = firms(6000, 1), firms(3000, 2)
    now["findings_365"] = now["findings_365"] + 2
    now["sector"] = "客运班线"
    told = {one.name: one.verdict for one in of_frames(then, now, FEATURES, RULE)}
    assert {name for name, verdict in told.items() if verdict != STABLE} == {"findings_365", "sector"}
    assert told["findings_365"] == told["sector"] == DRIFTED


def test_missing_numbers_are_a_bin_and_the_order_of_rows_is_nothing() -> None:
    then = pd.Series([1.0, 2.0, 3.0, np.nan] * 500)
    now = then.where(then != 3.0)
    assert of_numbers("x", then, now, RULE).verdict == DRIFTED
    assert of_numbers("x", then.sample(frac=1, random_state=1), now.sample(frac=1, random_state=2), RULE) == of_numbers(
        "x", then, now, RULE
    )


# --- the watch --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def card() -> Any:
    frame = firms(4000, 1)
    return ScorecardClassifier().fit(frame[FEATURES], looks.hits_of(frame, 1)).card_


def model(card: Any, spread: Any) -> Any:
    return SimpleNamespace(scorecard=card, trained_to=date(2025, 3, 31), told={"spread": spread})


def test_the_model_in_use_is_watched_by_its_own_file(card: Any) -> None:
    known = model(card, spread_of(card, [firms(4000, 1)]))
    same = watch(known, firms(3000, 5), date(2026, 3, 31), RULE)
    assert same["measure"].tolist()[:2] == ["age", "psi"]
    assert same["name"].tolist()[2:] == [part.name for part in card.variables]
    assert not same["finding"].any()
    moved = firms(3000, 5)
    moved["findings_365"] = moved["findings_365"] + 4
    told = watch(known, moved, date(2026, 3, 31), RULE).set_index("name")
    assert told["finding"][["points", "findings_365"]].all()
    assert told["sentence"]["findings_365"].endswith("应查明原因或重新训练")


def test_a_model_that_learned_too_long_ago_is_stale_from_the_day_after(card: Any) -> None:
    known = model(card, None)
    last = date(2025, 3, 31) + timedelta(RULE.stale_days)
    assert watch(known, firms(500, 5), last, RULE)["verdict"][0] == "不陈旧"
    late = watch(known, firms(500, 5), last + timedelta(1), RULE)
    assert (late["verdict"][0], bool(late["finding"][0])) == ("陈旧", True)
    assert (late["verdict"][1], bool(late["finding"][1])) == (UNSURE, False), "an older file tells no spread of its points"


def test_the_card_knows_what_it_learned_from(card: Any) -> None:
    assert all(one.index == pytest.approx(0, abs=1e-3) for one in of_card(card, firms(4000, 1), RULE))
    assert drift.row_of(of_card(card, firms(4000, 1), RULE)[0], {})["verdict"] == STABLE


# --- the funnel -------------------------------------------------------------------------------------------------------


def checks(strict: float) -> tuple[pd.Series, pd.Series]:
    """Forty units of 200 checks, all alike but the first."""
    draw = np.random.default_rng(3)
    unit = np.repeat([f"员{number:02d}" for number in range(40)], 200)
    return pd.Series(unit), pd.Series((draw.random(8000) < np.where(unit == "员00", strict, 0.2)).astype(int))


def test_a_unit_that_differs_lies_outside_and_the_even_ones_mostly_inside() -> None:
    units, found = checks(0.5)
    told = funnel(units, found, np.full(8000, 0.2))
    assert [one["unit"] for one in told["points"]] == sorted(set(units)), "by mark, never by rate"
    assert told["points"][0]["verdict"] == FAR
    assert told["outside_998"] == 1
    even = funnel(*checks(0.2), np.full(8000, 0.2))
    assert even["outside_95"] <= 6
    assert 0.5 < even["overdispersion"] < 1.7
    assert even["expected_outside"] == 2.0


def test_the_limits_are_those_of_the_normal_law_and_small_units_draw_no_point() -> None:
    told = funnel(pd.Series(["甲"] * 100 + ["乙"] * 9), pd.Series([1] * 20 + [0] * 89), np.full(109, 0.2))
    [point] = told["points"]
    assert (point["low_95"], point["high_998"]) == pytest.approx((0.2 - 1.96 * 0.04, 0.2 + 3.0902 * 0.04), abs=1e-4)
    assert (point["verdict"], told["too_few"]) == (INSIDE, 1)


def test_what_is_expected_follows_from_whom_it_met() -> None:
    assert expected_rates(pd.Series([1, 0, 1, 1]), pd.Series(["a", "a", "b", "b"])).tolist() == [0.5, 0.5, 1, 1]
