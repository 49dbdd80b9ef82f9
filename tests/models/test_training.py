from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data.errors import BrokenModel
from models import training
from models.describe import card_lines
from models.labels import known_by
from models.training import METHODS, Period, train, trial_rows
from tests.models.test_scoring import CLASSES, firms

DAYS = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)]


def period(day: date, seed: int, share: float = 0.06, turned: bool = False) -> Period:
    """One day whose hits follow from the findings (or from their lack, when `turned`)."""
    frame = firms(1500, seed)
    way = -0.9 if turned else 0.9
    odds = way * (frame["findings_365"] - 2) + np.log(share / (1 - share))
    return Period(day, frame, (np.random.default_rng(seed).random(len(frame)) < 1 / (1 + np.exp(-odds))).astype(int))


def test_a_test_day_is_ranked_by_what_was_learned_before_its_time_alone() -> None:
    periods = [period(day, number) for number, day in enumerate(DAYS[:-1])] + [period(DAYS[-1], 9, turned=True)]
    told = train(periods, CLASSES, 7)
    by_day = {one.day: one for one in told.tests}
    assert by_day[DAYS[-1]].fitted_to == DAYS[2]
    assert known_by(by_day[DAYS[-1]].fitted_to) <= DAYS[-1]
    assert by_day[DAYS[-1]].measures["model"].auc < 0.4
    assert by_day[DAYS[-2]].measures["model"].auc > 0.7


def test_every_method_is_measured_on_the_same_rows_day_by_day_and_together() -> None:
    told = train([period(day, number) for number, day in enumerate(DAYS)], CLASSES, 7)
    assert [one.day for one in told.tests] == [DAYS[3], DAYS[4], DAYS[5], None]
    assert told.tests[-1].rows == sum(one.rows for one in told.tests[:-1])
    for row in trial_rows(told.tests):
        assert set(METHODS) <= row.keys()
        for name in METHODS:
            assert row[name]["low"] <= row[name]["auc"] <= row[name]["high"]
    assert told.tests[-1].measures["random"].auc == pytest.approx(0.5, abs=0.06)
    assert (told.rows, told.days) == (9000, tuple(DAYS))


def test_bands_come_from_test_days_and_rise() -> None:
    told = train([period(day, number) for number, day in enumerate(DAYS)], CLASSES, 7)
    rates = [band.rate for band in told.bands]
    assert len(rates) > 2
    assert rates == sorted(rates)
    assert all(band.rate_low <= band.rate <= band.rate_high for band in told.bands)
    assert [band.low for band in told.bands] == sorted({band.low for band in told.bands})
    known = sum(one.rows for one in told.tests[:-1])
    assert known * 0.6 < sum(band.size for band in told.bands) < known
    assert sum(band.size for band in (*told.bands, *told.thin.values())) == known, "whoever has no band has an interval"
    assert all(band.rate_low <= band.rate <= band.rate_high for band in told.thin.values())


def test_too_short_a_history_learns_but_tests_nothing() -> None:
    told = train([period(DAYS[0], 1), period(DAYS[1], 2)], CLASSES, 7)
    assert (told.tests, told.bands, told.thin) == ((), (), {})
    assert any("好坏未经检验" in line for line in card_lines(told, True, "b" * 16)), "who approves it reads so"


def test_fewer_than_fifty_hits_teach_nothing() -> None:
    few = period(DAYS[0], 1)
    few.hit[:] = 0
    few.hit[: training.FEWEST_HITS - 1] = 1
    with pytest.raises(BrokenModel, match="只有 49 户次"):
        train([few], CLASSES, 7)
    with pytest.raises(BrokenModel, match="0 个训练日"):
        train([], CLASSES, 7)


def test_the_same_periods_give_the_same_card() -> None:
    periods = [period(day, number) for number, day in enumerate(DAYS[:3])]
    one, two = (train(periods, CLASSES, 7).scorecard.card_.to_json() for _ in range(2))
    assert one == two
