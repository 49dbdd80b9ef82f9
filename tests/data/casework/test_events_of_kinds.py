"""Are the few events about no alert found among a hundred thousand about one, and all of them?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from data.casework import Casework
from data.casework.acting import acknowledge
from data.casework.approving import approvals, approve_model
from data.casework.events import KINDS, of_kinds
from data.casework.publishing import publish_conditions
from data.casework.tables import alert_state, event
from tests.fixtures_casework import condition

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ABOUT_AN_ALERT = {kind for kind in KINDS if kind.startswith("alert_")}


def test_only_what_happens_to_an_alert_is_an_event_about_one(casework: Casework, people) -> None:
    publish_conditions(casework, [condition()], date(2026, 10, 1), NOW, "b1")
    with casework.reading() as con:
        alert = con.execute(sa.select(alert_state.c.alert_id)).scalar_one()
    acknowledge(casework, alert, people(casework, "analyst"), "看过了", NOW)
    publish_conditions(casework, [], date(2026, 10, 2), NOW, "b2")
    approve_model(casework, people(casework, "approver"), {"model_id": "m" + "0" * 16}, NOW)
    with casework.reading() as con:
        about = dict(con.execute(sa.select(event.c.kind, sa.func.max(event.c.alert_id)).group_by(event.c.kind)).all())
    assert {kind for kind, alert in about.items() if alert} == about.keys() & ABOUT_AN_ALERT
    assert {"alert_opened", "alert_acknowledged", "alert_ended", "alerts_published", "model_approved"} <= about.keys()
    assert [one["model_id"] for one in approvals(casework)] == ["m" + "0" * 16]


def test_they_are_looked_up_by_an_index(fresh_casework) -> None:
    casework, _ = fresh_casework("sqlite")
    asked = sa.select(event.c.payload).where(of_kinds("model_approved")).order_by(event.c.id)
    text = asked.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with casework.reading() as con:
        plan = [row[-1] for row in con.exec_driver_sql(f"explain query plan {text}")]
    assert any("event_of_alert" in line for line in plan), plan
