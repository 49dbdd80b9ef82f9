from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import BadArgument, BrokenRule
from data.workdays import SEED, add_workdays, add_workdays_to, default_calendar, read_calendar, workday_table

VECTORS = [
    ("2022-01-28", "2022-02-11"),
    ("2023-01-19", "2023-02-02"),
    ("2023-07-20", "2023-07-31"),
    ("2023-09-27", "2023-10-12"),
    ("2024-02-08", "2024-02-23"),
    ("2024-04-30", "2024-05-13"),
    ("2024-09-13", "2024-09-25"),
    ("2025-01-24", "2025-02-10"),
    ("2025-09-28", "2025-10-14"),
    ("2025-10-01", "2025-10-16"),
    ("2026-02-13", "2026-03-02"),
    ("2026-02-14", "2026-03-03"),
    ("2026-09-18", "2026-09-29"),
    ("2026-09-24", "2026-10-12"),
    ("2026-09-30", "2026-10-15"),
]
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(("decided", "due"), VECTORS)
def test_seven_working_days_after_a_decision(decided: str, due: str) -> None:
    assert add_workdays(date.fromisoformat(decided), 7) == (date.fromisoformat(due), False)


def test_every_day_of_2018_to_2026_agrees_with_the_reference_calendar() -> None:
    days = [date(2018, 1, 1) + timedelta(n) for n in range((date(2026, 12, 31) - date(2018, 1, 1)).days + 1)]
    calendar = default_calendar()
    assert [day for day in days if calendar.is_workday(day) != chinese_calendar.is_workday(day)] == []
    assert calendar.years == frozenset(range(2018, 2027))


def test_a_count_that_runs_into_a_year_without_a_notice_is_provisional() -> None:
    assert add_workdays(date(2026, 12, 22), 7) == (date(2026, 12, 31), False)
    assert add_workdays(date(2026, 12, 23), 7) == (date(2027, 1, 1), True)
    assert add_workdays(date(2017, 12, 1), 7)[1] is True


@given(DAYS, st.integers(1, 60))
def test_a_deadline_is_a_working_day_and_never_earlier_for_a_later_start_or_a_longer_count(day: date, n: int) -> None:
    end, _ = add_workdays(day, n)
    assert default_calendar().is_workday(end)
    assert end > day
    assert add_workdays(day, n + 1)[0] > end
    assert add_workdays(day + timedelta(1), n)[0] >= end


@given(st.lists(DAYS, max_size=20), st.integers(1, 30))
def test_the_array_form_gives_what_the_single_form_gives(days: list[date], n: int) -> None:
    ends = add_workdays_to(np.array(days, "datetime64[D]"), n)
    assert ends.tolist() == [add_workdays(day, n)[0] for day in days]


def test_the_table_lets_sql_add_working_days_with_one_join() -> None:
    con = duckdb.connect()
    con.register("workday", workday_table())
    for decided, due in VECTORS:
        found = con.execute(
            "select later.day from workday as later join workday as start on later.ordinal = start.ordinal + 7"
            " where later.is_workday and start.day = $decided",
            {"decided": date.fromisoformat(decided)},
        ).fetchall()
        assert found == [(date.fromisoformat(due),)]


@pytest.mark.parametrize("n", [0, -3, 10**7])
def test_a_count_below_one_or_beyond_the_calendar_is_refused(n: int) -> None:
    with pytest.raises(BadArgument):
        add_workdays(date(2026, 1, 5), n)
    with pytest.raises(BadArgument):
        add_workdays_to(np.array(["2026-01-05"], "datetime64[D]"), n)


@pytest.mark.parametrize("row", ["2027-13-01,rest,元旦", "2027-01-01,off,元旦", ",rest,元旦"])
def test_a_broken_calendar_row_is_named(tmp_path, row: str) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text("day,kind,name\n" + row + "\n", encoding="utf-8")
    with pytest.raises(BrokenRule, match="第 2 行"):
        read_calendar(path)


def test_a_later_file_adds_a_year(tmp_path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text("day,kind,name\n2027-01-01,rest,元旦\n", encoding="utf-8")
    calendar = read_calendar(SEED, path)
    assert add_workdays(date(2026, 12, 31), 1, calendar) == (date(2027, 1, 4), False)
