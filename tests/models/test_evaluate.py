"""The measures: equal to counting by hand, fair to ties, and intervals that hold the truth as often as they say."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from models.baselines import LastYearCount, RandomRanking
from models.calibration import BANDS, band_of, bands, brier, wilson
from models.evaluate import (
    auc,
    auc_difference,
    auc_interval,
    average_precision,
    bootstrap_interval,
    days_sooner,
    precision_at_k,
    recall_at_k,
)

quick = settings(max_examples=60, deadline=None)


@st.composite
def ranked(draw: st.DrawFn, most: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """(hits with both outcomes, scores with ties)."""
    count = draw(st.integers(2, most))
    scores = draw(st.lists(st.integers(-3, 3), min_size=count, max_size=count))
    hits = draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
    return np.array([0, 1, *hits[2:]]), np.array(scores, dtype=float)


@quick
@given(ranked(), st.integers(0, 2**31))
def test_auc_is_the_share_of_pairs_in_the_right_order(case: tuple[np.ndarray, np.ndarray], seed: int) -> None:
    hits, scores = case
    weights = np.random.default_rng(seed).random(len(hits)) + 0.1
    total = right = 0.0
    for good in np.flatnonzero(hits == 1):
        for bad in np.flatnonzero(hits == 0):
            pair = weights[good] * weights[bad]
            total += pair
            right += pair * ((scores[good] > scores[bad]) + 0.5 * (scores[good] == scores[bad]))
    assert auc(hits, scores, weights) == pytest.approx(right / total)


@quick
@given(ranked())
def test_auc_depends_on_the_order_of_scores_only(case: tuple[np.ndarray, np.ndarray]) -> None:
    hits, scores = case
    assert auc(hits, np.exp(scores) * 3 - 1) == auc(hits, scores)
    assert auc(hits, -scores) == pytest.approx(1 - auc(hits, scores))
    assert auc(hits[::-1], scores[::-1]) == auc(hits, scores)
    assert auc(hits, scores * 0) == 0.5


@quick
@given(ranked())
def test_average_precision_is_that_of_scikit_learn(case: tuple[np.ndarray, np.ndarray]) -> None:
    assert average_precision(*case) == pytest.approx(average_precision_score(*case))


@settings(max_examples=30, deadline=None)
@given(ranked(most=6), st.integers(1, 7))
def test_ties_at_the_border_of_the_list_count_as_said(case: tuple[np.ndarray, np.ndarray], k: int) -> None:
    hits, scores = case
    found = [
        hits[list(order)][: min(k, len(hits))].mean()
        for order in permutations(range(len(hits)))
        if (np.diff(scores[list(order)]) <= 0).all()
    ]
    assert precision_at_k(hits, scores, k) == pytest.approx(np.mean(found))
    assert precision_at_k(hits, scores, k, "worst") == pytest.approx(min(found))
    assert precision_at_k(hits, scores, k, ties="best") == pytest.approx(max(found))
    assert recall_at_k(hits, scores, k) * hits.sum() == pytest.approx(precision_at_k(hits, scores, k) * min(k, len(hits)))


def test_half_of_a_list_of_equals_holds_half_of_the_hits() -> None:
    hits = [1, 1, 0, 0]
    assert [precision_at_k(hits, [0] * 4, 2, ties) for ties in ("worst", "expected", "best")] == [0, 0.5, 1]
    assert recall_at_k(hits, [4, 3, 2, 1], 1) == 0.5


@pytest.mark.parametrize("k", [0, -1])
def test_a_list_of_nobody_is_refused(k: int) -> None:
    with pytest.raises(ValueError, match="正整数"):
        precision_at_k([0, 1], [1, 2], k)


@pytest.mark.parametrize(
    ("hits", "scores"), [([1, 1], [1, 2]), ([0, 0], [1, 2]), ([], []), ([0, 1], [1]), ([0, 1], [1, np.nan]), ([0, 2], [1, 2])]
)
def test_what_cannot_be_ranked_is_refused(hits: list, scores: list) -> None:
    with pytest.raises(ValueError, match=r"结果|事件"):
        auc(hits, scores)


# --- days sooner ------------------------------------------------------------------------------------------------------

DAYS = [date(2026, 9, day) for day in (1, 3, 7, 10)]


def test_days_sooner_by_hand() -> None:
    # order by score: 10th, 7th, 3rd, 1st → the hit of the 10th is found on the 1st, the hit of the 1st on the 10th
    assert days_sooner(DAYS, [1, 0, 0, 1], [1, 2, 3, 4]) == (0.0, 0.5, 0.5)
    # the hits of the 7th and the 10th come first: 10th → 1st (9 days), 7th → 3rd (4 days)
    assert days_sooner(DAYS, [0, 0, 1, 1], [1, 2, 3, 4]) == (6.5, 0.0, 1.0)
    # the order was already this one
    assert days_sooner(DAYS, [1, 0, 1, 0], [9, 8, 7, 6]) == (0.0, 0.0, 0.5)


def test_equal_scores_keep_the_actual_order() -> None:
    assert days_sooner(DAYS, [0, 1, 0, 1], [0, 0, 0, 0]) == (0.0, 0.0, 0.5)
    # given out of order, the actual order is that of the days
    assert days_sooner(DAYS[::-1], [1, 0, 0, 0], [5, 5, 5, 5]) == (0.0, 0.0, 0.0)
    # the 7th and the 10th tie on top: the 7th first → the 1st (6 days sooner), the 10th → the 3rd (7 days)
    assert days_sooner(DAYS, [0, 0, 1, 1], [0, 0, 1, 1]).mean_days_sooner == 6.5


def test_checks_of_one_day_keep_their_given_order() -> None:
    days = [date(2026, 9, 1)] * 2 + [date(2026, 9, 5)] * 2
    assert days_sooner(days, [0, 1, 0, 0], [1, 1, 2, 0]) == (-4.0, 1.0, 0.0)
    assert days_sooner(days, [1, 0, 0, 0], [1, 1, 2, 0]) == (0.0, 0.0, 1.0)


def test_the_first_half_of_an_odd_number_is_the_smaller_one() -> None:
    assert days_sooner([*DAYS, date(2026, 9, 20)], [0, 0, 1, 0, 0], [5, 4, 3, 2, 1]).first_half_share == 0.0


def test_without_a_hit_there_is_nothing_to_find_sooner() -> None:
    assert all(math.isnan(figure) for figure in days_sooner(DAYS, [0] * 4, [1, 2, 3, 4]))
    assert all(math.isnan(figure) for figure in days_sooner([], [], []))


def test_dates_may_be_text_timestamps_or_a_column() -> None:
    expected = days_sooner(DAYS, [0, 0, 1, 1], [1, 2, 3, 4])
    for dates in (
        [day.isoformat() for day in DAYS],
        pd.to_datetime(pd.Series(DAYS)) + timedelta(hours=9),
        np.array(DAYS, dtype="datetime64[D]"),
        pd.Series(DAYS, index=[7, 7, 1, 0]),
    ):
        assert days_sooner(dates, pd.Series([False, False, True, True]), pd.Series([1, 2, 3, 4])) == expected


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="个数不同"):
        days_sooner(DAYS, [1, 0], [1, 2, 3, 4])


@quick
@given(ranked(), st.integers(0, 2**31))
def test_the_days_gained_and_lost_by_all_checks_are_equal(case: tuple[np.ndarray, np.ndarray], seed: int) -> None:
    _, scores = case
    days = np.datetime64("2026-01-01") + np.random.default_rng(seed).integers(0, 90, len(scores))
    assert days_sooner(days, np.ones(len(scores)), scores).mean_days_sooner == pytest.approx(0)


# --- intervals --------------------------------------------------------------------------------------------------------


def sample(seed: int, subjects: int = 150, rows: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(hits, scores, subjects): each subject several times with nearly the same score and outcome."""
    draw = np.random.default_rng(seed)
    who = np.repeat(np.arange(subjects), rows)
    level = draw.normal(size=subjects)
    bad = draw.random(subjects) < 0.3
    hits = np.where(draw.random(len(who)) < 0.9, bad[who], draw.random(len(who)) < 0.3).astype(int)
    return hits, level[who] + bad[who] + 0.2 * draw.normal(size=len(who)), who


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    truth = auc(*sample(999, 60000)[:2])
    held = held_if_rows_were_independent = 0
    for seed in range(200):
        hits, scores, who = sample(seed)
        value, low, high = auc_interval(hits, scores, who)
        assert low < value < high
        held += low <= truth <= high
        _, low, high = auc_interval(hits, scores)
        held_if_rows_were_independent += low <= truth <= high
    assert 0.90 <= held / 200 <= 0.99
    assert held_if_rows_were_independent / 200 < 0.85


def test_the_bootstrap_agrees_with_the_closed_form_and_repeats_itself() -> None:
    hits, scores, who = sample(1)
    closed = auc_interval(hits, scores, who)
    drawn = bootstrap_interval(lambda rows: auc(hits[rows], scores[rows]), who, draws=400, seed=5)
    assert drawn == bootstrap_interval(lambda rows: auc(hits[rows], scores[rows]), who, draws=400, seed=5)
    assert drawn.value == closed.value
    assert drawn.low == pytest.approx(closed.low, abs=0.015)
    assert drawn.high == pytest.approx(closed.high, abs=0.015)


def test_the_bootstrap_draws_whole_subjects() -> None:
    who = np.repeat(["甲", "乙", "丙"], 4)
    seen = []
    bootstrap_interval(lambda rows: seen.append(np.bincount(rows, minlength=12).reshape(3, 4)) or 0.0, who, draws=20)
    assert all((times == times[:, :1]).all() for times in seen)
    assert all(times.sum() == 12 for times in seen)


def test_a_paired_difference_is_surer_than_two_intervals() -> None:
    hits, scores, who = sample(2)
    worse = scores + 0.6 * np.random.default_rng(0).normal(size=len(scores))
    value, low, high = auc_difference(hits, scores, worse, who)
    assert value == pytest.approx(auc(hits, scores) - auc(hits, worse))
    one = auc_interval(hits, scores, who)
    assert high - low < one.high - one.low
    assert auc_difference(hits, scores, scores * 2, who) == (0, 0, 0)


def test_no_interval_leaves_the_possible() -> None:
    assert auc_interval([0, 0, 1], [1, 2, 3]) == (1, 1, 1)
    low, high = auc_interval([0, 1, 0, 1], [1, 2, 3, 4])[1:]
    assert low >= 0
    assert high <= 1


# --- calibration ------------------------------------------------------------------------------------------------------


def test_brier_is_the_mean_squared_error() -> None:
    assert brier([0, 1], [0.25, 0.5]) == pytest.approx((0.0625 + 0.25) / 2)


def test_wilson_gives_the_published_figures() -> None:
    low, high = wilson([0, 5, 10, 81, 0], [10, 10, 10, 263, 0])
    assert low == pytest.approx([0, 0.2366, 0.7225, 0.2553, 0], abs=1e-4)
    assert high == pytest.approx([0.2775, 0.7634, 1, 0.3662, 1], abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.0, 0.01, 0.03]))
def test_bands_hold_enough_events_and_their_rates_rise(seed: int, slope: float) -> None:
    draw = np.random.default_rng(seed)
    points = draw.integers(100, 300, 2000)
    hits = draw.random(2000) < 1 / (1 + np.exp(2 - slope * (points - 200)))
    table = bands(points, hits)
    assert tuple(table.columns) == BANDS
    assert table["size"].sum() == 2000
    assert table["events"].sum() == hits.sum()
    assert len(table) == 1 or (table[["size", "events"]] >= [50, 20]).all().all()
    assert (np.diff(table["rate"]) > 0).all()
    assert ((table["rate_low"] <= table["rate"]) & (table["rate"] <= table["rate_high"])).all()
    place = band_of(table, points)
    assert (table["low"].to_numpy()[place] <= points).all()
    assert (points <= table["high"].to_numpy()[place]).all()
    assert band_of(table, [-(10**9), 10**9]).tolist() == [0, len(table) - 1]


def test_given_edges_are_kept() -> None:
    table = bands([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1], edges=[3, 5])
    assert table[["low", "high", "size", "events"]].to_numpy().tolist() == [[1, 2, 2, 0], [3, 4, 2, 1], [5, 6, 2, 2]]


def test_a_subject_seen_several_times_is_one_witness() -> None:
    draw = np.random.default_rng(0)
    points, hits = draw.integers(0, 100, 3000), draw.random(3000) < 0.2
    once = bands(points, hits, edges=[50], groups=np.arange(3000))
    four_times = bands(np.repeat(points, 4), np.repeat(hits, 4), edges=[50], groups=np.repeat(np.arange(3000), 4))
    assert np.allclose(once[["rate_low", "rate_high"]], bands(points, hits, edges=[50])[["rate_low", "rate_high"]])
    assert np.allclose(four_times[["rate", "rate_low", "rate_high"]], once[["rate", "rate_low", "rate_high"]])
    assert (four_times["size"] == 4 * once["size"]).all()


# --- baselines --------------------------------------------------------------------------------------------------------


def test_the_random_baseline_is_drawn_by_its_seed() -> None:
    frame = pd.DataFrame({"n": range(5000)})
    assert (RandomRanking(3).score(frame) == RandomRanking(3).score(frame)).all()
    assert (RandomRanking(3).score(frame) != RandomRanking(4).score(frame)).any()
    assert auc(frame["n"] % 2, RandomRanking(3).score(frame)) == pytest.approx(0.5, abs=0.03)


def test_last_years_count_is_the_column_and_missing_is_none() -> None:
    frame = pd.DataFrame({"penalties_365": [2, None, 0]})
    assert LastYearCount("penalties_365").score(frame).tolist() == [2, 0, 0]
    with pytest.raises(KeyError):
        LastYearCount("penalties").score(frame)
