from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import store
from models.labels import fit_days, known_by, month_before, training_days
from tests.rules.ledger import ledger

DAY = date(2025, 6, 30)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def hit(**told: Any) -> bool:
    row = {
        "subject_id": "e1",
        "severity_level": "一般",
        "happened_on": DAY + timedelta(1),
        "known_on": DAY + timedelta(1),
        **told,
    }
    con = ledger({"penalty": [row]})
    return store.arrow(con, "risk/label", start=DAY, as_of=known_by(DAY)).num_rows == 1


@pytest.mark.parametrize(("after", "is_hit"), [(0, False), (1, True), (180, True), (181, False)])
def test_a_hit_happened_in_the_180_days_after_the_day(after: int, is_hit: bool) -> None:
    day = DAY + timedelta(after)
    assert hit(happened_on=day, known_on=day) is is_hit


@pytest.mark.parametrize(("after", "is_hit"), [(210, True), (211, False)])
def test_a_hit_was_known_by_the_210th_day(after: int, is_hit: bool) -> None:
    assert hit(known_on=DAY + timedelta(after)) is is_hit


@pytest.mark.parametrize(("level", "is_hit"), [("轻微", False), ("一般", True), ("较重", True), ("严重", True), (None, False)])
def test_a_hit_is_a_penalty_of_ordinary_severity_or_worse(level: str | None, is_hit: bool) -> None:
    assert hit(severity_level=level) is is_hit


def test_a_penalty_of_a_person_is_no_hit_of_the_enterprise() -> None:
    assert not hit(subject_type="practitioner")


def test_training_days_are_quarter_ends_with_a_year_before_and_a_known_label() -> None:
    found = training_days(date(2024, 1, 5), date(2026, 10, 31))
    assert (found[0], found[-1], len(found)) == (date(2025, 3, 31), date(2026, 3, 31), 5)
    assert training_days(date(2026, 1, 5), date(2026, 10, 31)) == []


@given(days, days)
@settings(max_examples=50, deadline=None)
def test_no_training_day_looks_past_the_data_day(first: date, as_of: date) -> None:
    for day in training_days(first, as_of):
        assert first + timedelta(365) <= day
        assert known_by(day) <= as_of


@given(days)
@settings(max_examples=50, deadline=None)
def test_a_test_day_learns_only_from_days_whose_outcome_was_known_by_it(as_of: date) -> None:
    found = training_days(date(2014, 1, 1), as_of)
    for test in found[-4:]:
        assert all(day + timedelta(210) <= test for day in fit_days(found, test))


def test_the_month_before_ends_on_its_last_day() -> None:
    assert [month_before(date(2026, 3, day)) for day in (1, 31)] == [date(2026, 2, 28)] * 2
    assert month_before(date(2026, 1, 15)) == date(2025, 12, 31)
