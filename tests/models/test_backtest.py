"""Looking back: only what was known is learned from, lists are as long as the county's checks, and no order of rows matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from models.backtest import Fold, days_to_look_back, fold, known_before
from models.backtest_figures import calibration_curve, fold_row, last_year, whole
from models.calibration import brier
from models.capacity import capacity, chance_listed, hits_listed, overlap
from models.evaluate import auc, days_sooner, precision_at_k
from models.honesty import censored, observed_figures
from models.labels import known_by, quarter_after
from models.methods import methods, price_of_readability, with_known_methods
from models.replay import findings_told, reordered, sentence, told
from models.training import Period
from tests.models import looks
from tests.models.looks import DAYS, METHODS, RULE
from tests.models.test_scoring import CLASSES

RANKERS = ("model", "random", "last_year", "weighted_rate", "points_per_event")


@pytest.fixture(scope="module")
def folds() -> list[Fold]:
    return looks.folds()


# --- the folds --------------------------------------------------------------------------------------------------------


def test_a_day_is_looked_back_upon_when_enough_was_known_by_then(folds: list[Fold]) -> None:
    assert [one.day for one in folds] == DAYS[3:] == days_to_look_back(looks.periods())
    for one in folds:
        assert known_by(one.fitted_to) <= one.day


def test_nothing_is_learned_from_a_day_whose_outcome_was_not_known() -> None:
    periods = looks.periods()
    assert [one.day for one in known_before(periods, DAYS[3])] == [DAYS[0]]
    with pytest.raises(ValueError, match="没有可以学习的日子"):
        fold(looks.look(periods[3], 3), periods[3:], METHODS, CLASSES, RULE)
    with pytest.raises(ValueError, match="没有可以学习的日子"):
        fold(looks.look(periods[3], 3), [], METHODS, CLASSES, RULE)


def test_a_column_of_the_future_that_comes_with_the_features_is_not_used() -> None:
    periods = looks.periods()
    plain = fold(looks.look(periods[3], 3), known_before(periods, DAYS[3]), METHODS, CLASSES, RULE)
    leaking = [Period(one.day, one.features.assign(penalised_next=one.hit), one.hit) for one in periods]
    given = replace(looks.look(periods[3], 3), period=leaking[3])
    planted = fold(given, known_before(leaking, DAYS[3]), METHODS, CLASSES, RULE)
    assert fold_row(planted, METHODS) == fold_row(plain, METHODS)


def test_a_leak_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same plant in a column that is a feature: the figures must show it, or they would show nothing."""
    periods = [Period(one.day, one.features.assign(vehicles=one.hit), one.hit) for one in looks.periods()]
    given = replace(looks.look(periods[3], 3), period=periods[3])
    told_of = fold_row(fold(given, known_before(periods, DAYS[3]), METHODS, CLASSES, RULE), METHODS)
    assert told_of["model"]["auc"] > 0.99


def test_the_order_of_rows_and_columns_changes_no_figure() -> None:
    periods = looks.periods()
    given, past = looks.look(periods[3], 3), known_before(periods, DAYS[3])
    draw = np.random.default_rng(1)

    def turned(frame: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
        order = draw.permutation(len(frame))
        return frame.iloc[order][list(draw.permutation(frame.columns))], order

    def turned_period(one: Period) -> Period:
        frame, order = turned(one.features)
        return Period(one.day, frame, one.hit[order])

    shuffled = replace(
        given,
        period=turned_period(given.period),
        earlier=turned(given.earlier)[0],
        before=turned(given.before)[0],
        after=turned(given.after)[0],
    )
    other = [turned_period(one) for one in past]
    one, two = (fold(each, of, METHODS, CLASSES, RULE) for each, of in ((given, past), (shuffled, other)))
    assert fold_row(two, METHODS) == fold_row(one, METHODS)
    assert observed_figures([two], "model", RULE) == observed_figures([one], "model", RULE)
    assert censored([two]) == censored([one])


def test_every_method_is_measured_on_the_same_rows(folds: list[Fold]) -> None:
    for row in [*(fold_row(one, METHODS) for one in folds), whole(folds, METHODS)]:
        for name in RANKERS:
            told_of = row[name]
            assert told_of["auc_low"] <= told_of["auc"] <= told_of["auc_high"]
            assert told_of["ap_low"] <= told_of["ap"] <= told_of["ap_high"]
            assert told_of["precision_at_k_low"] <= told_of["precision_at_k"] <= told_of["precision_at_k_high"]
            assert told_of["precision_at_k_worst"] <= told_of["precision_at_k"] + 1e-9
            assert (told_of["brier"] is None) == (name != "model")
            assert {"days_sooner", "later_share", "first_half_share", "stability", "by_county"} <= told_of.keys()
            assert sum(one["k"] for one in told_of["by_county"]) == row["k"]
        assert row["model"]["auc_low"] > row["random"]["auc_high"]
    together = whole(folds, METHODS)
    assert together["rows"] == sum(len(one.rows) for one in folds)
    assert together["model_ahead_of"]["random"]["auc_low"] > 0


def test_chance_is_drawn_anew_every_day(folds: list[Fold]) -> None:
    share = sum(folds[0].k.values()) / looks.ROWS
    assert folds[0].stability["random"] == pytest.approx(share, abs=0.06)


# --- capacity ---------------------------------------------------------------------------------------------------------


def test_a_county_can_visit_as_many_as_it_checked_and_no_more_than_there_are() -> None:
    frame = pd.DataFrame({"subject_id": list("abcd"), "county": ["甲", "甲", "甲", "乙"]})
    checks = pd.DataFrame({"subject_id": ["a", "a", "d", "d", "d", "gone"]})
    assert capacity(frame, checks) == {"乙": 1, "甲": 2}
    assert capacity(frame, checks.iloc[:0]) == {"乙": 0, "甲": 0}


def test_the_list_is_county_by_county_and_equals_share_the_last_places() -> None:
    county = np.array(["甲", "甲", "甲", "乙", "乙"])
    scores = np.array([3.0, 1.0, 1.0, 0.0, 0.0])
    assert chance_listed(scores, county, {"甲": 2, "乙": 1}).tolist() == [1, 0.5, 0.5, 0.5, 0.5]
    hits = np.array([0, 1, 0, 1, 0])
    found = [hits_listed(hits, scores, county, {"甲": 2, "乙": 1}, ties) for ties in ("worst", "expected", "best")]
    assert found == [0, 1, 2]
    assert chance_listed(scores, county, {"甲": 0}).tolist() == [0] * 5
    assert hits_listed(np.array([0, 1, 0, 0, 0]), scores, county, {"甲": 2, "乙": 1}, "best") == 1, "nobody was hit in 乙"


def test_the_chance_to_be_listed_gives_the_expected_precision() -> None:
    draw = np.random.default_rng(0)
    scores, hits = draw.integers(0, 4, 50).astype(float), draw.integers(0, 2, 50)
    for k in (1, 7, 20, 50):
        listed = chance_listed(scores, np.full(50, "甲"), {"甲": k})
        assert listed.sum() == pytest.approx(k)
        assert (listed * hits).sum() / k == pytest.approx(precision_at_k(hits, scores, k))


def test_the_overlap_of_two_lists() -> None:
    before = pd.DataFrame({"subject_id": ["a", "b", "c"], "listed": [1.0, 1.0, 0.0]})
    after = pd.DataFrame({"subject_id": ["c", "b", "new"], "listed": [0.0, 1.0, 1.0]})
    assert overlap(before, after) == 0.5
    assert overlap(before, before) == 1.0
    assert np.isnan(overlap(before, after.assign(listed=0.0)))


# --- the replay -------------------------------------------------------------------------------------------------------

MADE = [date(2026, 9, day) for day in (1, 3, 7, 10)]


def checks(scores: list[float], found: list[int], within: list[str] | None = None, who: str = "abcd") -> pd.DataFrame:
    moved, half = reordered(MADE, scores, within or ["甲"] * 4)
    return pd.DataFrame({"subject_id": list(who), "happened_on": MADE, "found": found, "moved_to": moved, "first_half": half})


@pytest.mark.parametrize(
    ("scores", "found"),
    [([1, 2, 3, 4], [1, 0, 0, 1]), ([1, 2, 3, 4], [0, 0, 1, 1]), ([0, 0, 1, 1], [0, 0, 1, 1]), ([9] * 4, [1] * 4)],
)
def test_one_county_alone_is_what_days_sooner_says(scores: list[float], found: list[int]) -> None:
    from models.replay import replay

    known, new = days_sooner(MADE, found, scores), replay(checks(scores, found))
    assert (new.days_sooner.value, new.later_share.value, new.first_half_share.value) == pytest.approx(known)


def test_checks_change_places_within_their_county_only() -> None:
    one = checks([1, 9, 2, 1], [0, 1, 1, 0], ["甲", "乙", "甲", "乙"])
    assert [str(day)[:10] for day in one["moved_to"]] == ["2026-09-07", "2026-09-03", "2026-09-01", "2026-09-10"]
    assert one["first_half"].tolist() == [False, True, True, False]


def test_the_sentence_counts_enterprises_by_their_first_finding() -> None:
    # by score: d, c, b, a. d is found 9 days sooner; a, found on the 1st and (as d) on the 10th, is one enterprise
    one = told(checks([1, 2, 3, 4], [1, 0, 1, 1], who="abcd"))
    assert (one.whole, one.sooner, one.later, one.same) == (3, 2, 1, 0)
    assert (one.days_sooner, one.days_later) == (6.5, 9.0)
    assert sentence(one) == "去年若用它：3 户里 2 户会早 6 天查到，1 户会晚（平均晚 9 天），0 户同一天"
    both = told(checks([1, 2, 3, 4], [1, 0, 0, 1], who="abca"))
    assert (both.whole, both.same) == (1, 1)


def test_the_last_year_is_the_last_four_quarters(folds: list[Fold]) -> None:
    year = last_year(folds, "model")
    assert len(year) == sum(len(one.checks) for one in folds)
    assert max(year["happened_on"]) <= quarter_after(DAYS[-1])
    assert findings_told(year).sooner > findings_told(year).later
    assert findings_told(year).whole == int((year["first_visit"] & (year["found"] == 1)).sum())
    again = year[~year["first_visit"]]
    assert len(again) > 0
    assert (pd.to_datetime(again["moved_to"]) == pd.to_datetime(again["happened_on"])).all()
    assert quarter_after(date(2025, 12, 31)) == date(2026, 3, 31)


# --- probabilities ----------------------------------------------------------------------------------------------------


def test_the_brier_score_and_the_curve_are_those_of_the_rows(folds: list[Fold]) -> None:
    rows = pd.concat([one.rows for one in folds])
    together, curve = whole(folds, METHODS), calibration_curve(folds, "model")
    assert together["model"]["brier"] == pytest.approx(brier(rows["hit"], rows["chance_model"]), abs=1e-6)
    assert together["model"]["brier"] < together["brier_base"]
    assert sum(one["size"] for one in curve) == len(rows)
    assert sum(one["size"] * one["observed"] for one in curve) == pytest.approx(rows["hit"].sum(), abs=0.1)
    assert [one["said"] for one in curve] == sorted(one["said"] for one in curve)
    assert calibration_curve(folds, "random") == []


def test_the_curve_of_a_tiny_example_is_exact(folds: list[Fold]) -> None:
    rows = folds[0].rows.iloc[:4].assign(chance_model=[0.1, 0.1, 0.5, 0.5], hit=[0, 0, 1, 0])
    curve = calibration_curve([replace(folds[0], rows=rows)], "model")
    assert [(one["size"], one["said"], one["observed"]) for one in curve] == [(2, 0.1, 0.0), (2, 0.5, 0.5)]


# --- the known methods ------------------------------------------------------------------------------------------------


def test_the_known_methods_by_hand() -> None:
    frame = pd.DataFrame({"subject_id": ["a", "b", "c"]})
    events = pd.DataFrame(
        [("a", "一般", 0, 1), ("a", "检查合格", 365, 3), ("b", "检查发现问题", 182, 2), ("b", "检查合格", 730, 2)],
        columns=["subject_id", "sort", "past", "events"],
    )
    told_of = with_known_methods(frame, events, RULE)
    # FMCSA: a (5 x 3) / (3 + 3 x 1); b (2 x 3 x 2) / (2 x 2), the third year counts nothing
    assert told_of["weighted_rate"].tolist() == [15 / 6, 3.0, 0.0]
    # OCRS: a 100 / 4 encounters; b 2 x 50 / 4 encounters
    assert told_of["points_per_event"].tolist() == [25.0, 25.0, 0.0]


def test_the_price_of_readability_is_one_line_when_there_is_a_challenger(folds: list[Fold]) -> None:
    assert price_of_readability(whole(folds, METHODS)) is None
    tried = [*METHODS, replace(METHODS[0], name="challenger", title="挑战模型")]
    rows = {f"{part}challenger": f"{part}model" for part in ("", "listed_", "chance_")}
    checks_too = {f"{part}challenger": f"{part}model" for part in ("moved_", "half_")}
    twice = [
        replace(
            one,
            rows=one.rows.assign(**{new: one.rows[old] for new, old in rows.items()}),
            checks=one.checks.assign(**{new: one.checks[old] for new, old in checks_too.items()}),
            stability={**one.stability, "challenger": 1.0},
        )
        for one in folds
    ]
    assert "差别在误差之内" in str(price_of_readability(whole(twice, tried)))
    better = [replace(one, rows=one.rows.assign(challenger=one.rows["model"] + one.rows["hit"])) for one in twice]
    assert str(price_of_readability(whole(better, tried))).endswith("这是可读的代价")
    worse = [replace(one, rows=one.rows.assign(challenger=one.rows["model"] - one.rows["hit"])) for one in twice]
    assert str(price_of_readability(whole(worse, tried))).endswith("评分卡更好，可读没有代价")


def test_the_challenger_learns_as_one_more_method() -> None:
    periods = looks.periods()
    [challenger] = [one for one in methods(7) if one.name == "challenger"]
    learned = challenger.learn(periods[:1])
    scores = learned.score(periods[3].features, DAYS[3])
    assert auc(periods[3].hit, scores) > 0.7
    assert 0 < learned.chance(periods[3].features).min() < learned.chance(periods[3].features).max() < 1
