"""Does each act pass on who, when and why, and leave exactly one trace?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from analytics.acts.acknowledge import acknowledge
from analytics.acts.look_up import PURPOSES, look_up
from analytics.acts.sign_in import sign_in, who
from analytics.acts.sign_out import sign_out
from data.casework import Casework, alerts, events, reads
from data.casework.accounts import add_account
from data.casework.publishing import publish_conditions
from data.errors import NotAllowed, NotSignedIn
from tests.fixtures_casework import condition

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PASSWORD = "walnut-rivers-42"

pytestmark = pytest.mark.usefixtures("cheap_hashes")


@dataclass
class AtTheDesk:
    casework: Casework


@pytest.fixture
def desk(fresh_casework) -> AtTheDesk:
    casework, _ = fresh_casework("sqlite")
    for name, role, unit in [("li", "inspector", "enforcement"), ("guan", "admin", "bureau")]:
        add_account(
            casework, name, display=name, role_id=role, unit_name=unit, county=None, password=PASSWORD, now=NOW, actor="test"
        )
    return AtTheDesk(casework)


def test_a_whole_visit_leaves_one_event_for_each_act(desk) -> None:
    publish_conditions(desk.casework, [condition()], date(2026, 10, 31), NOW, "build1")
    token = sign_in(desk, "li", PASSWORD, NOW, run_id="r1")
    person = who(desk, token, NOW)
    assert person is not None
    look_up(desk, person, "enterprise", "e1", PURPOSES[0], NOW, run_id="r2")
    alert = alerts.alerts_page(desk.casework)[0][0]["alert_id"]
    assert acknowledge(desk, person, alert, "已核实", NOW, run_id="r3")["comment"] == "已核实"
    sign_out(desk, token, NOW, run_id="r4")
    mine = events.list_events(desk.casework, actor="li")
    assert [(one["kind"], one["run_id"]) for one in reversed(mine)] == [
        ("signed_in", "r1"),
        ("alert_acknowledged", "r3"),
        ("signed_out", "r4"),
    ]
    assert [(row["subject_id"], row["run_id"]) for row in reads.list_reads(desk.casework)] == [("e1", "r2")]
    assert who(desk, token, NOW) is None


def test_an_administrator_of_accounts_looks_nobody_up(desk) -> None:
    person = who(desk, sign_in(desk, "guan", PASSWORD, NOW), NOW)
    assert person is not None
    with pytest.raises(NotAllowed, match="管理员"):
        look_up(desk, person, "enterprise", "e1", "数据核对", NOW)
    assert reads.list_reads(desk.casework) == []


def test_a_wrong_password_is_a_sentence_for_the_sign_in_page(desk) -> None:
    with pytest.raises(NotSignedIn, match="用户名或密码不对"):
        sign_in(desk, "li", "wrong-password", NOW)


def test_the_purposes_are_those_of_the_notice_board() -> None:
    assert PURPOSES == ("现场检查前核对", "受理业务", "数据核对", "分析研判", "其他")
