"""Turns: a planted top or bottom is found, chance makes none, a given direction never turns, and the card stays one to sign."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.binning import FINE_BINS, Target
from models.bins import SHAPES, TURNS
from models.card import Scorecard
from models.describe import _turn_lines
from models.monotone import CuttingRules, cut, fine_bins, sums
from models.scorecard import TURN_COST, ScorecardClassifier

quick = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def shaped(values: np.ndarray, hits: np.ndarray, direction: str | None = None) -> tuple[np.ndarray, str]:
    """(event rate of each interval, shape) as the scorecard finds them with its usual parameters."""
    target = Target(hits.astype(float), np.ones(len(hits)), 1.0)
    fine = fine_bins(values, target.hits, target.weights, FINE_BINS)
    rules = CuttingRules(10, 0.01 * len(hits), 5.0, 1.0, target.rate, TURN_COST)
    starts, shape = cut(fine.counts, fine.events, rules, target.smoothed, direction)
    return target.smoothed(sums(fine.counts, starts), sums(fine.events, starts)), shape


def events_of(odds: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    hits = (draw.random(len(odds)) < 1 / (1 + np.exp(-odds))).astype(int)
    hits[:2] = (0, 1)
    return hits


def follows(rates: np.ndarray, shape: str) -> bool:
    """Do the rates move as the shape says?"""
    top = {"up": len(rates) - 1, "down": 0, "peak": int(rates.argmax()), "valley": int(rates.argmin())}[shape]
    signs = np.where(np.arange(len(rates) - 1) < top, 1, -1) * (-1 if shape == "valley" else 1)
    return bool((np.diff(rates) * signs >= 0).all()) and (shape not in TURNS or 0 < top < len(rates) - 1)


@quick
@given(seeds, st.floats(-0.7, 0.7), st.sampled_from([1, -1]), st.integers(2000, 5000))
def test_a_planted_turn_is_found_where_it_is(seed: int, place: float, sign: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    values = draw.normal(size=count)
    hits = events_of(sign * (1.5 - 2.5 * np.abs(values - place)), draw)
    rates, shape = shaped(values, hits)
    assert shape == ("peak" if sign > 0 else "valley")
    assert follows(rates, shape)
    assert shaped(values, 1 - hits)[1] == ("valley" if sign > 0 else "peak")


@pytest.mark.parametrize("form", ["nothing", "slope", "step", "plateau"])
@pytest.mark.parametrize("usual", [0.5, 0.05])
def test_chance_makes_no_turn_in_what_only_rises(form: str, usual: float) -> None:
    found = []
    for seed in range(120):
        draw = np.random.default_rng(seed)
        values = draw.normal(size=2000)
        rise = {"nothing": 0 * values, "slope": values, "step": 2.0 * (values > 0), "plateau": np.clip(2 * values, -1, 1)}[form]
        found.append(shaped(values, events_of(np.log(usual / (1 - usual)) + rise, draw))[1] in TURNS)
    assert np.mean(found) <= 0.05


@quick
@given(seeds, st.integers(1, 5), st.integers(200, 3000), st.integers(0, 4), st.sampled_from(["up", "down", None]))
def test_there_is_never_more_than_one_turn_and_none_against_a_given_direction(
    seed: int, waves: int, count: int, digits: int, direction: str | None
) -> None:
    draw = np.random.default_rng(seed)
    values = draw.uniform(-1, 1, count).round(digits)
    hits = events_of(-1 + 3 * np.sin(waves * 2 * values + draw.uniform(0, 6)), draw)
    rates, shape = shaped(values, hits, direction)
    assert direction in {None, shape}
    assert follows(rates, shape)


@quick
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=3, max_size=8), st.sampled_from(["peak", "valley"]))
def test_the_best_turning_bins_are_found_by_brute_force_too(pairs: list[tuple[int, int]], shape: str) -> None:
    counts = np.array([float(count + event) for count, event in pairs])
    events = np.array([float(event) for _, event in pairs])

    def likelihood(starts: np.ndarray) -> float:
        size, hit = sums(counts, starts), sums(events, starts)
        part, rest = hit / size, 1 - hit / size
        return float((hit * np.log(np.where(hit > 0, part, 1)) + (size - hit) * np.log(np.where(rest > 0, rest, 1))).sum())

    inner = range(1, len(pairs))
    ways = [np.array([0, *some]) for size in range(len(pairs)) for some in combinations(inner, size)]
    best = {
        each: max((likelihood(way) for way in ways if follows(sums(events, way) / sums(counts, way), each)), default=-np.inf)
        for each in ("up", "down", *TURNS)
    }
    assume(best[shape] > max(best[each] for each in best if each != shape) + 1e-6)
    starts, found = cut(counts, events, CuttingRules(9, 0, 0, 0.0, None, 0.0), lambda count, event: event / count, None)
    assert found == shape
    assert likelihood(starts) == pytest.approx(best[shape])


@quick
@given(seeds, st.integers(1, 900), st.integers(0, 5))
def test_rows_of_one_weight_are_grouped_as_rows_of_another(seed: int, count: int, digits: int) -> None:
    draw = np.random.default_rng(seed)
    values, hits = draw.normal(size=count).round(digits), (draw.random(count) < 0.3).astype(float)
    one, half = (fine_bins(values, hits, np.full(count, weight), 50) for weight in (1.0, 0.5))
    assert (one.lowest == half.lowest).all()
    assert (one.highest == half.highest).all()
    assert (one.counts == 2 * half.counts).all()
    assert (one.events == 2 * half.events).all()


def turning(count: int = 4000, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """A column with a top, one with a bottom, one that rises and one of noise; not one row in three is an event."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(draw.normal(size=(count, 4)), columns=["top", "bottom", "rising", "noise"])
    odds = -1.5 - 1.5 * frame["top"].abs() + 1.2 * frame["bottom"].abs() + 0.7 * frame["rising"]
    return frame, events_of(odds.to_numpy(), draw)


FRAME, EVENTS = turning()
MODEL = ScorecardClassifier().fit(FRAME, EVENTS)


def shapes(model: ScorecardClassifier) -> dict[str, str]:
    return {part.name: part.direction for part in model.card_.variables}


def test_the_card_says_which_variables_turn_and_points_follow_their_events() -> None:
    found = shapes(MODEL)
    assert (found["top"], found["bottom"], found["rising"]) == ("peak", "valley", "up")
    assert found.get("noise") not in TURNS
    table = MODEL.table_.set_index("variable")
    assert set(table.loc["top", "shape"]) == {"先升后降"}
    assert set(table.loc["bottom", "shape"]) == {"先降后升"}
    for part in MODEL.card_.variables:
        intervals = part.bins[: len(part.edges) + 1]
        assert part.coefficient > 0
        assert follows(np.array([one.event_rate for one in intervals]), part.direction)
        assert follows(np.array([one.points for one in intervals]), part.direction)
    (line,) = _turn_lines(MODEL.card_.variables)
    assert "bottom（先降后升）、top（先升后降）" in line
    assert not [one for one in MODEL.card_.variables if one.name in line and one.direction not in TURNS]


def test_a_given_direction_and_a_card_without_turns_never_turn() -> None:
    for model in (ScorecardClassifier({"top": "up", "bottom": "down"}), ScorecardClassifier(turns=False)):
        assert not TURNS.intersection(shapes(model.fit(FRAME, EVENTS)).values())
    assert not _turn_lines(ScorecardClassifier(turns=False).fit(FRAME, EVENTS).card_.variables)


@settings(max_examples=5, deadline=None)
@given(seeds)
def test_the_order_of_rows_and_columns_changes_no_turn_and_no_score(seed: int) -> None:
    draw = np.random.default_rng(seed)
    rows, columns = draw.permutation(len(FRAME)), draw.permutation(FRAME.columns)
    again = ScorecardClassifier().fit(FRAME.iloc[rows][columns], EVENTS[rows])
    assert again.card_ == MODEL.card_
    assert (again.decision_function(FRAME) == MODEL.decision_function(FRAME)).all()


def test_turns_are_read_back_to_the_bit_and_no_unknown_shape_is() -> None:
    again = ScorecardClassifier.from_json(MODEL.to_json())
    assert again.card_ == MODEL.card_ == Scorecard.from_json(MODEL.card_.to_json())
    assert again.get_params() == MODEL.get_params()
    assert (again.decision_function(FRAME) == MODEL.decision_function(FRAME)).all()
    plain = json.loads(MODEL.card_.to_json())
    plain["variables"][0]["direction"] = "zigzag"
    with pytest.raises(ValueError, match="zigzag"):
        Scorecard.from_json(json.dumps(plain))
    assert set(shapes(again).values()) <= set(SHAPES)


def test_a_turn_ranks_what_a_slope_cannot() -> None:
    from models.evaluate import auc

    fresh, happened = turning(8000, seed=1)
    straight = ScorecardClassifier(turns=False).fit(FRAME, EVENTS)
    gained = auc(happened, MODEL.decision_function(fresh)) - auc(happened, straight.decision_function(fresh))
    assert gained > 0.03
