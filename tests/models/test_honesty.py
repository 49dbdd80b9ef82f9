"""What the record does not show: bounds as by trying everything, weights that undo a known choice, draws that are chosen."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.backtest import Fold
from models.evaluate import auc, auc_interval, mean_interval, share_interval
from models.exploration import exploration
from models.honesty import auc_bounds, censored, observed_figures
from models.selection import chance_checked, inverse_weights
from tests.models import looks
from tests.models.looks import RULE
from tests.models.test_scoring import CLASSES, firms


@pytest.fixture(scope="module")
def folds() -> list[Fold]:
    return looks.folds()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["hit", "miss", "unseen"])), min_size=3, max_size=9))
def test_the_bounds_are_those_of_trying_everything(rows: list[tuple[int, str]]) -> None:
    scores = np.array([score for score, _ in rows], dtype=float)
    hits, unseen = (np.array([kind == name for _, kind in rows]) for name in ("hit", "unseen"))
    found = []
    for guess in product([0, 1], repeat=int(unseen.sum())):
        tried = hits.astype(int)
        tried[unseen] = guess
        if 0 < tried.sum() < len(tried):
            found.append((sum(guess), auc(tried, scores)))
    told = auc_bounds(hits.astype(int), scores, unseen)
    if not found:
        assert np.isnan(told.low)
        return
    assert told == pytest.approx((min(area for _, area in found), max(area for _, area in found)))
    for number in {count for count, _ in found}:
        some = [area for count, area in found if count == number]
        assert auc_bounds(hits.astype(int), scores, unseen, number) == pytest.approx((min(some), max(some)))


def test_where_everybody_was_seen_the_bounds_are_the_figure() -> None:
    hits, scores = np.array([0, 1, 0, 1]), np.array([1.0, 2.0, 3.0, 4.0])
    assert auc_bounds(hits, scores, np.zeros(4, dtype=bool)) == pytest.approx((auc(hits, scores),) * 2)


def test_weights_undo_a_choice_that_the_record_explains() -> None:
    frame = firms(20000, 3)
    draw = np.random.default_rng(4)
    risky = frame["findings_365"].to_numpy() > 2
    bad = (draw.random(len(frame)) < np.where(risky, 0.3, 0.1)).astype(float)
    checked = draw.random(len(frame)) < np.where(risky, 0.8, 0.2)
    weight = inverse_weights(chance_checked(frame, checked), checked, 10)
    truth, plain = bad.mean(), bad[checked].mean()
    mended = (bad * weight).sum() / weight.sum()
    assert abs(plain - truth) > 0.03
    assert abs(mended - truth) < 0.3 * abs(plain - truth)
    assert weight[checked].mean() == pytest.approx(1, abs=0.25)
    assert (weight[~checked] == 0).all()


def test_weights_are_clipped_and_nothing_is_learned_from_nothing() -> None:
    chance = np.array([*[0.001] * 20, *[0.5] * 180])
    checked = np.ones(200, dtype=bool)
    assert inverse_weights(chance, checked, 10).max() == 10
    assert inverse_weights(chance, ~checked, 10).sum() == 0
    frame = firms(50, 1)
    assert chance_checked(frame, np.ones(50, dtype=bool)).tolist() == [1] * 50
    assert chance_checked(frame, np.zeros(50, dtype=bool)).tolist() == [0] * 50


def test_what_is_unseen_is_said_by_county(folds: list[Fold]) -> None:
    told = censored(folds)
    rows = pd.concat([one.rows for one in folds])
    assert told["rows"] == len(rows)
    assert told["unseen"] == int((~rows["checked"] & (rows["hit"] == 0)).sum()) > 0
    assert sum(one["unseen"] for one in told["by_county"]) == told["unseen"]
    assert told["hits_without_check"] == int((~rows["checked"] & (rows["hit"] == 1)).sum())


def test_when_nobody_was_checked_little_can_be_said(folds: list[Fold]) -> None:
    from dataclasses import replace

    rows = folds[0].rows
    blind = replace(folds[0], rows=rows.assign(checked=False, hit=(rows.index == 3).astype(int), chance_checked=0.0))
    told = observed_figures([blind], "model", RULE)
    assert (told["auc_checked"], told["auc_weighted"], told["worth_of_weights"]) == (None, None, 0)
    assert (told["auc_least"], told["auc_most"]) == pytest.approx((0, 1), abs=1e-4)
    assert censored([blind])["unseen"] == len(rows) - 1


def test_the_figures_of_the_observed_lie_within_the_bounds(folds: list[Fold]) -> None:
    told = observed_figures(folds, "model", RULE)
    assert told["auc_least"] <= told["auc_least_if_alike"] <= told["auc"] <= told["auc_most_if_alike"] <= told["auc_most"]
    assert told["auc_checked_low"] < told["auc_checked"] < told["auc_checked_high"]
    assert told["worth_of_weights"] <= sum(int(one.rows["checked"].sum()) for one in folds)
    assert told["largest_weight"] <= RULE.weight_most


# --- random draws -----------------------------------------------------------------------------------------------------


def test_draws_that_are_random_are_a_yardstick_and_the_classes_differ(folds: list[Fold]) -> None:
    told = exploration(folds, "model", CLASSES)
    assert told["looks_random"]
    assert told["enough"]
    assert told["draw_share"] == pytest.approx(0.3, abs=0.03)
    rates = {one["risk_class"]: one for one in told["classes"]}
    assert rates["高"]["hit_rate_low"] > rates["全部"]["hit_rate_high"] > rates["低"]["hit_rate"]
    assert rates["全部"]["lift"] == 1
    assert rates["全部"]["checks"] == told["draws"] == sum(one["checks"] for one in told["classes"][:-1])
    assert told["auc_on_draws_low"] > 0.6


def test_draws_that_go_for_the_risky_are_found_out(folds: list[Fold]) -> None:
    from dataclasses import replace

    chosen = []
    for one in folds:
        risky = one.rows.loc[one.rows["model"] > one.rows["model"].median(), "subject_id"]
        chosen.append(replace(one, after=one.after.assign(drawn=one.after["subject_id"].isin(risky).astype(int))))
    told = exploration(chosen, "model", CLASSES)
    assert not told["looks_random"]
    assert told["drawn_against_all_low"] > 0.6


def test_without_draws_there_is_no_yardstick(folds: list[Fold]) -> None:
    from dataclasses import replace

    told = exploration([replace(one, after=one.after.assign(drawn=0)) for one in folds], "model", CLASSES)
    assert (told["draws"], told["enough"], told["auc_on_draws"]) == (0, False, None)
    assert all(one["hit_rate"] is None for one in told["classes"])


# --- intervals --------------------------------------------------------------------------------------------------------


def test_a_weight_of_two_is_two_rows() -> None:
    hits, scores, weights = [0, 1, 0, 1], [1, 2, 3, 4], [1, 2, 1, 1]
    who = np.array(["a", "b", "c", "d"])
    twice = [0, 1, 1, 3 - 3, 1]
    once = auc_interval(hits, scores, who, weights=weights)
    doubled = auc_interval(twice, [1, 2, 2, 3, 4], np.array(["a", "b", "b", "c", "d"]))
    assert once == pytest.approx(doubled)


def test_a_share_of_single_rows_is_wilsons_and_of_repeated_ones_wider() -> None:
    told = share_interval([1] * 5 + [0] * 5)
    assert tuple(told) == pytest.approx((0.5, 0.2366, 0.7634), abs=1e-4)
    repeated = share_interval([1] * 5 + [0] * 5, groups=[1] * 5 + [2] * 5)
    assert repeated.low < told.low < told.high < repeated.high
    assert share_interval([1, 1, 0], [1, 1, 0]).value == 1.0
    assert share_interval([], [])[1:] == (0, 1)


def test_a_mean_and_its_interval() -> None:
    told = mean_interval([1, 2, 3], None)
    assert told.value == 2
    assert told.high - told.value == pytest.approx(1.959964 * 1 / np.sqrt(3))
    assert mean_interval([1, 3], weights=[3, 1]).value == 1.5
    assert np.isnan(mean_interval([]).value)
