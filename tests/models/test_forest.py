"""The trees: what they say is what scikit-learn's say, and what each variable brings is the Shapley value and adds up."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from models.bins import NUMBERS
from models.challenger import ChallengerClassifier
from models.forest import MISSING, REASONS, SPLITS, WHOLE, Column, Forest
from models.growing import MOST_CODES, Rows, Settings, Sigmoid, grown, learn_column, planted, row_marks
from tests.models.firms import challenger, contrary, firms

FRAME, EVENTS, _ = firms(3000)
FEW = FRAME.iloc[:300]


def test_the_forest_says_what_the_booster_of_scikit_learn_says() -> None:
    columns = tuple(learn_column(FRAME[name], np.ones(len(FRAME)), None, "", "") for name in sorted(FRAME))
    columns = tuple(sorted(columns, key=lambda each: (each.kind in NUMBERS, each.name)))
    codes = np.column_stack([each.codes(FRAME[each.name]) for each in columns])
    rows = Rows(codes, EVENTS.astype(float), np.ones(len(EVENTS)), row_marks(codes))
    booster = grown(rows, columns, Settings(60, 0.1, SPLITS + 1, 10, 1.0, 0))
    forest = planted(booster, columns, Sigmoid(-0.25, 1.5, 3))
    strange = FRAME.assign(sector=FRAME["sector"].where(FRAME["age"] > 1000), age=FRAME["age"] * 3)
    for frame in (FRAME, strange):
        numbers = np.column_stack([each.codes(frame[each.name]) for each in columns]).astype(float)
        numbers[numbers == MISSING] = np.nan
        assert np.abs(forest.log_odds(frame) - (1.5 * booster.decision_function(numbers) - 0.25)).max() < 1e-7


def test_parts_add_up_to_the_distance_from_the_usual_row_to_the_last_billionth() -> None:
    forest = challenger().forest_
    parts = forest.contributions(FRAME).sum(axis=1).to_numpy()
    assert (parts + forest.usual_log_odds == np.rint(forest.log_odds(FRAME) * WHOLE)).all()
    assert len(np.unique(parts)) > 100


def test_parts_are_the_average_over_every_order_of_changing_the_usual_row() -> None:
    model = challenger()
    forest, names = model.forest_, [each.name for each in model.forest_.columns]
    codes = forest.codes(FRAME.iloc[:3])
    usual = np.array([each.usual for each in forest.columns], dtype=np.uint8)
    orders = list(permutations(range(len(names))))
    for place, row in enumerate(codes):
        moved = np.zeros(len(names))
        sets = np.array([[chosen >> one & 1 for one in range(len(names))] for chosen in range(2 ** len(names))], dtype=bool)
        worth = of_codes(forest, np.where(sets, row, usual))
        for order in orders:
            chosen = 0
            for one in order:
                moved[one] += worth[chosen | 1 << one] - worth[chosen]
                chosen |= 1 << one
        assert np.abs(moved / len(orders) - forest.contributions(FRAME.iloc[[place]]).to_numpy()[0]).max() < 2000


def of_codes(forest: Forest, codes: np.ndarray) -> np.ndarray:
    """Billionths of log-odds of rows given as codes, tree by tree and split by split."""
    worth = np.full(len(codes), forest.base, dtype=np.int64)
    for place, row in enumerate(codes):
        for tree in range(len(forest.leaves)):
            at = 0
            while at >= 0:
                code = int(row[forest.features[tree, at]])
                left = forest.goes_left[tree, at, code // 8] >> (code % 8) & 1
                at = int(forest.children[tree, at, left])
            worth[place] += forest.leaves[tree, -1 - at]
    return worth


@pytest.mark.parametrize("learned", [challenger, contrary])
def test_a_value_worse_than_the_usual_never_presses_down(learned: Callable[[], ChallengerClassifier]) -> None:
    model = learned()
    parts = model.forest_.contributions(FRAME)
    usual = {each.name: each for each in model.forest_.columns}
    codes = model.forest_.codes(FRAME)
    for name, sign in (("penalties", 1), ("age", -1)):
        place = [each.name for each in model.forest_.columns].index(name)
        away = (codes[:, place].astype(int) - usual[name].usual) * sign
        assert (parts[name][away > 0] >= -1000).all()
        assert (parts[name][away < 0] <= 1000).all()
        assert (parts[name][away == 0] == 0).all()
        assert (parts[name] != 0).mean() > 0.2


def test_reasons_are_the_largest_first_with_the_value_and_the_usual_one() -> None:
    told = challenger().reasons(FEW, top=3)
    assert tuple(told.columns) == REASONS
    assert told.groupby("row")["ordinal"].apply(list).map(lambda one: one == list(range(1, len(one) + 1))).all()
    assert told.groupby("row")["log_odds_vs_usual"].apply(lambda part: part.abs().is_monotonic_decreasing).all()
    everything = challenger().reasons(FEW, top=99)
    total = everything.groupby("row")["log_odds_vs_usual"].sum().reindex(range(len(FEW)), fill_value=0.0)
    away = challenger().decision_function(FEW) - challenger().forest_.usual_log_odds / WHOLE
    assert np.abs(total - away).max() < 1e-9
    row = everything[(everything["variable"] == "penalties")].iloc[0]
    assert (row["value"], row["usual"]) == (FEW["penalties"].iloc[row["row"]], "1 次")
    missing = everything[(everything["variable"] == "share") & everything["value"].isna()]
    assert FEW["share"].iloc[missing["row"]].isna().all()
    assert challenger().reasons(FEW, top=0).empty


def test_one_row_alone_says_as_among_others() -> None:
    together = challenger().decision_function(FEW)
    assert [challenger().decision_function(FEW.iloc[[row]])[0] for row in range(30)] == together[:30].tolist()
    parts = challenger().forest_.contributions(FEW)
    assert challenger().forest_.contributions(FEW.iloc[[7]]).to_numpy().tolist() == parts.iloc[[7]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("values", "kind", "usual"),
    [
        (pd.Series([1, 2, 3, 3, 9]), "integer", "3"),
        (pd.Series([0.5, np.nan, np.nan]), "number", "缺失"),
        (pd.Series([True, True, False]), "boolean", "是"),
        (pd.Series(["甲", "乙", "乙", None]), "category", "乙"),
        (pd.Series(["甲", None, None]), "category", "缺失"),
        (pd.Series([np.nan, np.nan]), "number", "缺失"),
    ],
)
def test_the_usual_value_is_the_median_or_the_most_frequent(values: pd.Series, kind: str, usual: str) -> None:
    column = learn_column(values.rename("x"), np.ones(len(values)), None, "", "")
    assert column.kind == kind
    assert column.usual_words.startswith(usual)


def test_a_heavy_row_counts_as_many_for_the_usual_value() -> None:
    values = pd.Series([1, 2, 3], name="x")
    assert learn_column(values, np.array([1.0, 1.0, 5.0]), None, "", "").usual == 2
    assert learn_column(values, np.array([5.0, 1.0, 1.0]), None, "", "").usual == 0


def test_rare_categories_beyond_the_limit_and_unseen_ones_are_missing() -> None:
    names = [f"类{row:03d}" for row in range(MOST_CODES + 40)]
    values = pd.Series([*names[: MOST_CODES + 10], *names[:MOST_CODES]], name="x")
    column = learn_column(values, np.ones(len(values)), None, "", "")
    assert len(column.categories) == MOST_CODES
    assert column.codes(pd.Series([names[0], names[MOST_CODES], "从未见过", None], name="x")).tolist() == [0, *[MISSING] * 3]


def test_codes_follow_ranks_alone() -> None:
    values = pd.Series(np.random.default_rng(0).normal(size=2000), name="x")
    plain, turned = (learn_column(each, np.ones(2000), None, "", "") for each in (values, np.exp(values) * 3))
    assert (plain.codes(values) == turned.codes(np.exp(values) * 3)).all()
    assert len(plain.edges) == MOST_CODES - 1


def test_without_trees_everybody_gets_the_same() -> None:
    column = Column("x", "x", "", "number", "", (0.5,), (), 0)
    empty = Forest(
        (column,), round(-2 * WHOLE), *(np.zeros((0, SPLITS, *more), dtype=np.int64) for more in ((), (32,), (2,))),
        np.zeros((0, SPLITS + 1), dtype=np.int64),
    )  # fmt: skip
    frame = pd.DataFrame({"x": [0.0, 1.0, np.nan]})
    assert empty.log_odds(frame).tolist() == [-2.0] * 3
    assert (empty.contributions(frame) == 0).to_numpy().all()
    assert empty.reasons(frame).empty
    assert math.isclose(empty.usual_log_odds, -2 * WHOLE)


def test_scoring_needs_no_scikit_learn() -> None:
    code = "import sys; import models.forest; sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
