"""Bins: monotone, large enough, independent of row order and scale, with places of their own for what is no number."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.binning import MOST_CATEGORIES, Target, Wish, learn_bins
from models.bins import Variable
from models.monotone import CuttingRules, cut

quick = settings(max_examples=25, deadline=None)


def learned(values: list | pd.Series, hits: np.ndarray, wish: Wish | None = None, **rules: float) -> Variable:
    """Bins of one column against 0/1 events."""
    target = Target(hits.astype(float), np.ones(len(hits)), 1.0)
    told = {"max_bins": 8, "least_weight": 0.01 * len(hits), "least_events": 5, "bin_cost": 1.0, **rules}
    return learn_bins(pd.Series(values, name="x"), target, CuttingRules(**told, overall_rate=target.rate), wish or Wish())


@st.composite
def columns(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """A column with few or many different values, and events that may rise, fall or ignore it."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(60, 600))
    values = chance.normal(size=count).round(draw(st.integers(0, 6)))
    slope = draw(st.sampled_from([-2.0, 0.0, 0.7, 3.0]))
    hits = (chance.random(count) < 1 / (1 + np.exp(1.5 - slope * values))).astype(int)
    hits[:2] = (0, 1)
    return values, hits


@quick
@given(columns(), st.sampled_from(["up", "down", None]))
def test_the_event_rate_and_the_woe_of_intervals_only_rise_or_only_fall(
    column: tuple[np.ndarray, np.ndarray], direction: str | None
) -> None:
    values, hits = column
    found = learned(values, hits, Wish(direction))
    assert direction in {None, found.direction}
    sign = 1 if found.direction == "up" else -1
    intervals = found.bins[: len(found.edges) + 1]
    assert (np.diff([sign * one.woe for one in intervals]) >= 0).all()
    assert (np.diff([sign * one.event_rate for one in intervals]) > 0).all()


@quick
@given(columns())
def test_every_interval_is_large_enough_or_there_is_only_one(column: tuple[np.ndarray, np.ndarray]) -> None:
    values, hits = column
    found = learned(values, hits, least_weight=20)
    intervals = found.bins[:-1]
    rate = hits.mean()
    assert len(intervals) <= 8
    assert sum(one.count for one in found.bins) == len(values)
    assert sum(one.events for one in found.bins) == hits.sum()
    if len(intervals) > 1:
        for one in intervals:
            assert one.count >= 20
            assert max(one.events, one.count * rate) >= 5


@quick
@given(columns())
def test_a_strictly_increasing_transform_changes_no_bin_and_no_woe(column: tuple[np.ndarray, np.ndarray]) -> None:
    values, hits = column
    plain, turned = learned(values, hits), learned(np.exp(values / 2) * 7 - 3, hits)
    assert [one.woe for one in plain.bins] == [one.woe for one in turned.bins]
    codes = plain.codes(pd.Series(values))
    assert (codes == turned.codes(pd.Series(np.exp(values / 2) * 7 - 3))).all()


def test_a_falling_direction_is_the_mirror_of_a_rising_one() -> None:
    draw = np.random.default_rng(1)
    values = draw.normal(size=2000)
    hits = (draw.random(2000) < 1 / (1 + np.exp(2 - values))).astype(int)
    up, down = learned(values, hits, Wish("up")), learned(-values, hits, Wish("down"))
    assert [one.woe for one in up.bins[:-1]] == [one.woe for one in down.bins[:-1]][::-1]
    assert len(up.edges) >= 3


def test_missing_and_special_values_have_their_own_bins_with_exactly_their_rows() -> None:
    values = pd.Series([np.nan] * 30 + [0.0] * 200 + [-1.0] * 20 + list(range(1, 251)))
    hits = np.random.default_rng(0).integers(0, 2, 500)
    found = learned(values, hits, Wish(None, {0.0: "从未检查", -1.0: ""}))
    assert [(one.words, one.count) for one in found.bins[-3:]] == [("从未检查", 200), ("-1", 20), ("缺失", 30)]
    assert found.bins[-1].events == hits[:30].sum()
    codes = found.codes(pd.Series([np.nan, 0, -1, 5, -7]))
    assert codes[:3].tolist() == [len(found.bins) - 1, len(found.bins) - 3, len(found.bins) - 2]
    assert (codes[3:] < len(found.edges) + 1).all()


def test_a_small_bin_without_events_says_little_and_a_large_one_much() -> None:
    values = [np.nan] * 3 + [1.0] * 1000 + [2.0] * 1000
    hits = np.array([0] * 3 + [0] * 1000 + [0, 0, 0, 0, 1] * 200)
    found = learned(values, hits)
    low, high, missing = (one.woe for one in found.bins)
    assert -0.5 < missing < 0
    assert low < -3
    assert high > 0.5


def test_smoothing_never_turns_the_order_of_bins_round() -> None:
    values = [1.0] * 8000 + [2.0] * 2000 + [3.0] * 20
    hits = np.array([0] * 8000 + [1] * 480 + [0] * 1520 + [1] * 8 + [0] * 12)
    # smoothed on their own, the last 20 rows (40 %) would stand at 22 %, below the 24 % of the bin before
    assert [one.count for one in learned(values, hits, least_weight=10).bins] == [8000, 2020, 0]


def test_a_bin_the_training_never_saw_is_neutral() -> None:
    hits = np.tile([0, 1], 100)
    found = learned(np.arange(200), hits)
    assert found.bins[-1].count == 0
    assert found.bins[-1].woe == 0
    assert found.bins[-1].event_rate is None


def test_categories_are_grouped_by_their_event_rate_and_rare_ones_pooled() -> None:
    values = ["甲"] * 500 + ["乙"] * 500 + ["丙"] * 500 + ["丁"] * 2 + ["戊"] * 2 + [None] * 40
    hits = np.array([1] * 250 + [0] * 250 + [1] * 50 + [0] * 450 + [1] * 52 + [0] * 448 + [1] * 2 + [0] * 42)
    found = learned(values, hits, least_weight=10)
    groups = {one for group in found.groups for one in group}
    assert groups == {"甲", "乙", "丙", "丁", "戊"}
    of = {one: group for group in found.groups for one in group}
    assert of["乙"] is of["丙"]
    assert of["丁"] is of["戊"]
    assert found.bins[found.codes(pd.Series(["甲"]))[0]].woe > 0.5
    assert [one.words for one in found.bins[-2:]] == ["缺失", "训练时没有的类别"]
    assert found.bins[-2].count == 40


def test_an_unseen_category_is_neutral() -> None:
    found = learned(["甲"] * 300 + ["乙"] * 300, np.array([1] * 200 + [0] * 100 + [1] * 20 + [0] * 280))
    assert found.bins[found.codes(pd.Series(["从未见过"]))[0]].woe == 0
    assert found.bins[found.codes(pd.Series(["甲"]))[0]].woe > 0.3


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pd.Series([1, 2, None], dtype="Int64"), [1, 2, np.nan]),
        (pd.Series([True, None, False], dtype=object), [1, np.nan, 0]),
        (pd.Series([1.5, None], dtype="float64[pyarrow]"), [1.5, np.nan]),
        (pd.Series([None, None], dtype=object), [np.nan, np.nan]),
    ],
    ids=["nullable", "booleans", "arrow", "nothing"],
)
def test_every_kind_of_number_column_is_read(values: pd.Series, expected: list[float]) -> None:
    found = learned(np.arange(200.0), np.tile([0, 1], 100))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        codes = found.codes(values)
    assert (codes == found.codes_of_numbers(np.array(expected, dtype=float))).all()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (pd.Series([1.0, np.inf] * 50, name="x"), "列「x」里有无穷大的值"),
        (pd.Series(pd.to_datetime(["2026-01-01"] * 100), name="x"), "日期请先换算成天数"),
        (pd.Series([f"编号{row}" for row in range(MOST_CATEGORIES + 1)], name="x"), "像是编号而不是特征"),
        (pd.Series([[1]] * 100, name="x"), "列表或字典"),
        (pd.Series([1j] * 100, name="x"), "complex128"),
    ],
    ids=["infinity", "date", "identifier", "list", "complex"],
)
def test_what_is_no_feature_is_refused_by_name(values: pd.Series, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        learned(values, np.arange(len(values)) % 2)


@pytest.mark.parametrize("value", ["不是数", np.inf, pd.Timestamp("2026-01-01")])
def test_what_is_no_number_is_never_scored_as_one(value: object) -> None:
    found = learned(np.arange(200.0), np.tile([0, 1], 100))
    with pytest.raises(ValueError, match="列「x」"):
        found.codes(pd.Series([value]))


@pytest.mark.parametrize(
    ("values", "wish", "words"),
    [
        ([0] * 300 + [1] * 300 + [5] * 300, Wish("up", {}, "", "次"), ["0 次", "1–4 次", "5 次及以上", "缺失"]),
        ([0] * 300 + [1] * 300 + [5] * 300, Wish("up", {0.0: "没有"}, "", "次"), ["1–4 次", "5 次及以上", "没有", "缺失"]),
        ([0.125] * 300 + [0.2501] * 300 + [0.5] * 300, Wish("up"), ["不足 0.2", "0.2 至不足 0.5", "0.5 及以上", "缺失"]),
        ([False] * 450 + [True] * 450, Wish(), ["否", "是", "缺失"]),
        ([-5] * 300 + [1000] * 300 + [20000] * 300, Wish("up"), ["-1 及以下", "0–19,999", "20,000 及以上", "缺失"]),
        ([7] * 900, Wish(), ["全部取值", "缺失"]),
    ],
)
def test_bins_are_told_in_words_a_person_uses(values: list, wish: Wish, words: list[str]) -> None:
    hits = np.array([1] * 20 + [0] * 280 + [1] * 100 + [0] * 200 + [1] * 200 + [0] * 100)
    assert [one.words for one in learned(values, hits, wish).bins] == words


def test_the_best_coarsening_is_found_by_brute_force_too() -> None:
    counts, events = np.array([50.0, 40, 60, 30, 80, 20, 70]), np.array([2.0, 3, 6, 5, 16, 6, 30])
    rules = CuttingRules(3, 60, 5, 0.0)
    starts, direction = cut(counts, events, rules, lambda count, event: event / count, "up")

    def likelihood(cuts: tuple[int, ...]) -> float:
        parts = np.split(np.arange(7), cuts)
        size, hit = np.array([counts[part].sum() for part in parts]), np.array([events[part].sum() for part in parts])
        if (size < 60).any() or (hit < 5).any():
            return -np.inf
        return float((hit * np.log(hit / size) + (size - hit) * np.log(1 - hit / size)).sum())

    best = max(((first, second) for first in range(1, 7) for second in range(first + 1, 7)), key=likelihood)
    assert direction == "up"
    assert tuple(starts[1:]) == best
