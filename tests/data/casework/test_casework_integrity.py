"""Is every state what its events add up to, whatever people and builds did in whatever order?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework import alerts
from data.casework.acting import acknowledge
from data.casework.folding import LEVELS, apply
from data.casework.integrity import check_casework
from data.casework.publishing import publish_conditions
from data.casework.tables import account, alert_state, event
from data.errors import XinjianError
from tests.fixtures_casework import condition

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 10, 1)
SUBJECTS = ("e1", "e2", "e3")

_condition = st.builds(
    lambda subject, level, sentence, county: condition(subject, level, county, sentence=sentence),
    st.sampled_from(SUBJECTS),
    st.sampled_from(sorted(LEVELS)),
    st.sampled_from(["将到期", "已过期"]),
    st.sampled_from(["盐湖区", "临猗县", None]),
)
_publish = st.tuples(
    st.just("publish"), st.integers(-1, 2), st.lists(_condition, max_size=3, unique_by=lambda one: one["subject_id"])
)
_acknowledge = st.tuples(st.just("acknowledge"), st.integers(0, 5), st.sampled_from([None, "盐湖区"]))
_acts = st.lists(st.one_of(_publish, _acknowledge), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_acts)
def test_the_state_is_what_the_events_add_up_to(fresh_casework, people, database, acts) -> None:
    casework, _ = fresh_casework(database)
    day = DAY
    for number, (kind, step, what) in enumerate(acts):
        now = NOW + timedelta(minutes=number)
        if kind == "publish":
            done = publish_conditions(casework, what, day + timedelta(days=step), now, f"build{number}")
            day = day if done.refused else day + timedelta(days=step)
        else:
            rows, _ = alerts.alerts_page(casework)
            if rows:
                attempt(casework, rows[step % len(rows)]["alert_id"], people(casework, "inspector", what), now)
        assert check_casework(casework) == []
    live = [row["subject_id"] for row in alerts.alerts_page(casework, status=("open", "acknowledged"))[0]]
    assert len(live) == len(set(live)), "one live warning for one key"
    casework.close()


def attempt(casework, alert, person, now) -> None:
    """Acknowledge if it may be done; a refusal must leave no trace either."""
    before = alerts.one_alert(casework, alert)
    try:
        acknowledge(casework, alert, person, "已核实", now)
    except XinjianError:
        assert alerts.one_alert(casework, alert) == before


def published(casework) -> str:
    publish_conditions(casework, [condition()], DAY, NOW, "build1")
    return alerts.alerts_page(casework)[0][0]["alert_id"]


def test_a_whole_casework_is_found_whole(casework) -> None:
    published(casework)
    assert check_casework(casework) == []


def test_a_state_changed_behind_the_log_is_found(casework) -> None:
    alert = published(casework)
    with casework.writing() as con:
        con.execute(alert_state.update().values(status="acknowledged", comment="假的"))
    assert check_casework(casework) == [f"预警 {alert} 的状态与事件不符：comment、status"]


def test_a_state_without_events_and_events_without_a_state_are_found(casework) -> None:
    alert = published(casework)
    with casework.writing() as con:
        con.execute(alert_state.update().values(alert_id="a0"))
    assert check_casework(casework) == [f"预警 {alert} 有事件，没有状态", "预警 a0 有状态，没有事件"]


def test_events_that_do_not_follow_each_other_are_found(casework) -> None:
    alert = published(casework)
    with casework.writing() as con:
        row = con.execute(sa.select(event).where(event.c.alert_id == alert)).mappings().one()
        con.execute(event.insert().values(**{key: value for key, value in row.items() if key != "id"}))
    assert check_casework(casework) == [f"预警 {alert} 的事件前后不接"]


def test_a_reference_into_nothing_is_found_in_sqlite(fresh_casework) -> None:
    casework, _ = fresh_casework("sqlite")
    with casework.engine.connect() as con:
        con.connection.driver_connection.execute("pragma foreign_keys = off")
        con.execute(
            account.insert().values(name="li", display="李", password_hash="x", role="head", unit_id="nowhere", created_at=NOW)
        )
        con.commit()
    assert check_casework(casework) == ["业务库的 account 表有一行指向不存在的 unit"]


def test_an_event_that_cannot_follow_is_refused_by_the_fold() -> None:
    with pytest.raises(ValueError, match="begins with"):
        apply(None, {"kind": "alert_ended", "payload": {"as_of": "2026-10-01"}})
