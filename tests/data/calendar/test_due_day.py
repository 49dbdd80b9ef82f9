"""Does SQL come to the same deadlines as Python, from the table `workday` that a connection is lent?"""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest

from data import store
from data.calendars import in_force
from data.workdays import Calendar, add_workdays, default_calendar, lend_workdays
from tests.data.calendar.test_calendars import notice
from tests.data.test_workdays import VECTORS
from tests.notice_texts import NOTICE_2027

CALENDARS = {"shipped": default_calendar(), "with 2027": in_force([notice(NOTICE_2027)])}


def due_days(calendar: Calendar, days: int) -> dict[date, tuple[date, bool]]:
    con = store.connect()
    lend_workdays(con, calendar)
    found = store.run(con, "clock/due_day", days=days).fetchall()
    return {start: (due, provisional) for start, due, provisional in found}


def test_every_vector_holds_through_sql() -> None:
    found = due_days(default_calendar(), 7)
    assert [pair for pair in VECTORS if found[date.fromisoformat(pair[0])] != (date.fromisoformat(pair[1]), False)] == []


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
@pytest.mark.parametrize("days", [1, 3, 7, 20, 300])
def test_every_day_of_twelve_years_is_due_in_sql_as_in_python(calendar: Calendar, days: int) -> None:
    found = due_days(calendar, days)
    asked = [date(2016, 12, 1) + timedelta(n) for n in range(4400)]
    assert [day for day in asked if found[day] != add_workdays(day, days, calendar)] == []


def test_one_day_has_one_deadline() -> None:
    con = store.connect()
    lend_workdays(con, default_calendar())
    twice = "select start_on from due group by start_on having count(*) > 1"
    con.execute(f"create temporary table due as {store.compose('clock/due_day')}", {"days": 7})
    assert con.execute(twice).fetchall() == []


def test_the_working_days_left_are_a_difference_of_ordinals() -> None:
    con = duckdb.connect()
    lend_workdays(con, default_calendar())
    left = (
        "select due.ordinal - today.ordinal from workday as due, workday as today"
        " where due.day = date '2026-10-15' and today.day = date '2026-09-30'"
    )
    assert con.execute(left).fetchone() == (7,)


def test_a_day_of_a_year_without_a_notice_is_marked() -> None:
    con = duckdb.connect()
    lend_workdays(con, default_calendar())
    years = con.execute("select distinct year(day) from workday where not provisional order by all").fetchall()
    assert [year for (year,) in years] == list(range(2018, 2027))
