from __future__ import annotations

import re
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.risk_classes import RiskClasses
from models import scoring
from models.bins import Bin, Variable
from models.card import Scorecard
from models.features import FILE, load_features
from models.scorecard import ScorecardClassifier
from models.scoring import Band

DAY, BEFORE = date(2026, 10, 31), date(2026, 9, 30)
CLASSES = RiskClasses("1", "assumption", 180, (("高", 5), ("较高", 20), ("一般", 60), ("低", 100)))
#: Every figure that a feature or a sentence reads; words and averages are made up apart.
_READ = set(load_features()) | set(re.findall(r"\{(?:was_)?([a-z0-9_]+)\}", FILE.read_text(encoding="utf-8")))
WORDS = ("sector", "county", "last_grade", "market_class")
PEERS = tuple(sorted(name for name in _READ if name.startswith(("peer_", "city_"))))
COUNTS = (
    "vehicles", "goods_vehicles", "staff", "checks_365", "findings_365", "checks_730", "findings_730", "checks_1095",
    "findings_1095", "penalties_365", "ordinary_365", "penalties_730", "driver_penalties_365", "overloads_365", "overloads_730",
    "overloads_1095", "finding_share_permille", "overload_percent", "driver_percent",
)  # fmt: skip
OTHERS = tuple(sorted(_READ.difference(COUNTS, PEERS, WORDS, {"where", "age_days"})))


def firms(rows: int, seed: int) -> pd.DataFrame:
    """Made-up features of so many enterprises."""
    rng = np.random.default_rng(seed)
    told: dict[str, Any] = {name: rng.poisson(2, rows) for name in COUNTS}
    told |= {name: np.full(rows, 150) for name in PEERS}
    told |= {name: rng.poisson(2, rows) for name in OTHERS}
    return pd.DataFrame(
        {
            "subject_type": "enterprise",
            "subject_id": [f"e{number:05d}" for number in range(rows)],
            "sector": rng.choice(["客运班线", "机动车维修", "普通货物运输"], rows),
            "county": rng.choice(["夏县", "绛县"], rows),
            "peer_group": rng.choice(["甲", "乙"], rows),
            "age_days": rng.integers(0, 900, rows),
            "last_grade": "没有",
            "market_class": "没有",
            **told,
        }
    )


@pytest.fixture(scope="module")
def card() -> Scorecard:
    frame = firms(4000, 1)
    odds = (
        0.5 * frame["findings_365"] + 0.4 * frame["penalties_365"] + 0.2 * frame["vehicles"] + (frame["sector"] == "客运班线")
    )
    hit = np.random.default_rng(2).random(len(frame)) < 1 / (1 + np.exp(4.5 - odds))
    features = load_features()
    return ScorecardClassifier({name: each.direction for name, each in features.items()}).fit(frame[list(features)], hit).card_


BANDS = (Band(0, 1000, 20, 0.02, 0.013, 0.031), Band(180, 500, 40, 0.08, 0.06, 0.107), Band(230, 50, 20, 0.4, 0.276, 0.538))


def test_without_evidence_there_is_the_interval_of_others_like_it_and_nothing_else(card: Scorecard) -> None:
    frame = firms(900, 3)
    thin = {"登记不足 180 天": Band(0, 700, 14, 0.02, 0.012, 0.033), scoring.NO_RECORD: Band(0, 90, 0, 0.0, 0.0, 0.041)}
    told = scoring.score(card, BANDS, CLASSES, frame, DAY, thin)
    young = told["thin_reason"] == "登记不足 180 天"
    assert young.any()
    beside = told.loc[young, ["band_low", "band_high", "band_events", "band_size"]].drop_duplicates()
    assert beside.to_numpy().tolist() == [[0.012, 0.033, 14, 700]]
    rest = scoring.score(card, BANDS, CLASSES, frame, DAY)
    unlike = ["band_rate", "band_low", "band_high", "band_events", "band_size"]
    pd.testing.assert_frame_equal(told.drop(columns=unlike), rest.drop(columns=unlike))
    pd.testing.assert_frame_equal(told[told["thin_reason"].isna()], rest[rest["thin_reason"].isna()])


def test_ranks_count_the_evidenced_alone_and_equal_points_share_rank_and_class(card: Scorecard) -> None:
    frame = firms(900, 3)
    told = scoring.score(card, BANDS, CLASSES, frame, DAY)
    thin = pd.Series(scoring.thin_reasons(frame, CLASSES)).notna()
    assert thin.any()
    assert (told.loc[thin, "risk_class"] == "证据不足").all()
    assert told.loc[thin, ["points", "probability", "city_rank", "peer_rank", "band_rate"]].isna().all(axis=None)
    known = told[~thin].sort_values("city_rank")
    assert (known["city_size"] == len(known)).all()
    assert known["city_rank"].iloc[0] == 1
    assert (known.groupby("points")[["city_rank", "risk_class"]].nunique() == 1).all(axis=None)
    assert (known["points"].diff().dropna() <= 0).all()
    assert known.groupby("peer_group")["peer_rank"].min().tolist() == [1, 1]
    assert set(known["risk_class"]) == {"高", "较高", "一般", "低"}


@given(st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_a_class_ends_with_the_last_rank_inside_its_percent(size: int) -> None:
    found = scoring.class_of(np.arange(1, size + 1), size, CLASSES)
    for name, below, upto in (("高", 0, 5), ("较高", 5, 20), ("一般", 20, 60), ("低", 60, 100)):
        assert (found == name).sum() == size * upto // 100 - size * below // 100


def test_the_probability_said_is_what_happened_to_others_with_such_points(card: Scorecard) -> None:
    told = scoring.score(card, BANDS, CLASSES, firms(900, 3), DAY).dropna(subset=["points"])
    for low, high, band in ((-999, 180, BANDS[0]), (180, 230, BANDS[1]), (230, 999, BANDS[2])):
        here = told[(told["points"] >= low) & (told["points"] < high)]
        assert len(here)
        for column, value in (("probability", band.rate), ("band_low", band.rate_low), ("band_size", band.size)):
            assert (here[column] == value).all()


def test_a_model_that_was_never_tested_out_of_time_says_its_own_probability_and_no_band(card: Scorecard) -> None:
    told = scoring.score(card, (), CLASSES, firms(300, 3), DAY).dropna(subset=["points"])
    assert "band_rate" not in told.columns
    assert told["probability"].between(0, 1).all()
    assert told["probability"].nunique() > 3


def test_shuffled_rows_and_columns_change_no_score(card: Scorecard) -> None:
    frame = firms(500, 3)
    mixed = frame.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    one = scoring.score(card, BANDS, CLASSES, frame, DAY).set_index("subject_id")
    two = scoring.score(card, BANDS, CLASSES, mixed, DAY).set_index("subject_id")
    pd.testing.assert_frame_equal(one, two.loc[one.index, one.columns])


def test_the_parts_of_a_change_sum_to_it_exactly(card: Scorecard) -> None:
    before, after = firms(600, 3), firms(600, 4).iloc[::-1].reset_index(drop=True)
    was, now = (scoring.score(card, BANDS, CLASSES, each, day) for each, day in ((before, BEFORE), (after, DAY)))
    told = scoring.changes(card, before, after, was, now)
    whole = told.groupby("subject_id").agg(
        parts=("points_change", "sum"), start=("from_points", "first"), end=("to_points", "first")
    )
    assert len(whole) > 200
    assert (whole["parts"] == whole["end"] - whole["start"]).all()
    assert (told["points_change"] != 0).all()
    assert set(told["from_day"]) | set(told["to_day"]) == {BEFORE, DAY}
    scores = now.set_index("subject_id")["points"]
    assert (scores.loc[whole.index] == whole["end"]).all()
    thin = {*before.loc[before["age_days"] < 180, "subject_id"], *after.loc[after["age_days"] < 180, "subject_id"]}
    assert not thin & set(told["subject_id"])


def test_nothing_changed_says_nothing(card: Scorecard) -> None:
    frame = firms(50, 3)
    risk = scoring.score(card, BANDS, CLASSES, frame, DAY)
    assert scoring.changes(card, frame, frame, risk, risk).empty


def test_a_change_tells_then_and_now_and_which_way(card: Scorecard) -> None:
    before, after = firms(1, 3).assign(age_days=900, findings_365=0), firms(1, 3).assign(age_days=900, findings_365=6)
    was, now = (scoring.score(card, BANDS, CLASSES, each, day) for each, day in ((before, BEFORE), (after, DAY)))
    assert scoring.changes(card, before, after, was, now)["sentence"].tolist() == [
        "近 12 个月检查发现问题 6 次（上月末 0 次），风险上升"
    ]


def test_a_reason_never_contradicts_how_often_such_enterprises_were_hit(card: Scorecard) -> None:
    told = scoring.reasons(card, firms(500, 3), DAY)
    whole = card.events / card.count
    rate = {(part.name, one.words): one.event_rate for part in card.variables for one in part.bins}
    above = np.array([(rate[key] or 0) > whole for key in zip(told["feature"], told["value_text"], strict=True)])
    assert (above == (told["points"] > 0)).all()
    assert ((told["points"] > 0) == (told["direction"] == "推高")).all()
    assert told.groupby("subject_id")["ordinal"].max().max() <= scoring.REASONS
    assert (told.groupby("subject_id")["ordinal"].min() == 1).all()
    assert (told.groupby("subject_id")["points"].apply(lambda part: part.abs().is_monotonic_decreasing)).all()
    assert told["sentence"].str.len().min() > 5


def test_without_a_model_everybody_is_thinly_evidenced_and_the_reason_says_so() -> None:
    told = scoring.unscored(firms(5, 3), DAY)
    assert set(told["risk_class"]) == {"证据不足"}
    assert set(told["thin_reason"]) == {"风险模型尚未建立或尚未批准"}


def test_what_is_below_the_city_but_above_the_average_of_points_is_no_reason() -> None:
    bins = (Bin("低", 500, 5, -1.2, 0.1, -43), Bin("略低", 400, 18, -0.1, 0.0, -1), Bin("高", 100, 27, 1.8, 0.2, 60))
    part = Variable("sector", "行业", "category", "none", (), (), (("低",), ("略低",), ("高",)), bins, 1.0)
    assert part.mean_points < -1
    assert scoring._worth(part).tolist() == [-27, 0, 76]
