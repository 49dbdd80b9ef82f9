"""Who may do what, and where? Every role by every act; scope; the read log; merges."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework import alerts, reads
from data.casework.acting import acknowledge
from data.casework.merges import active_merges, list_merges, merge_subjects, redirect, undo_merge
from data.casework.publishing import publish_conditions
from data.casework.rights import PERMISSIONS, require, roles_with
from data.errors import BadArgument, NotAllowed, NotFound
from tests.fixtures_casework import condition

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 10, 31)

#: role → the permissions it has, column by column
MAY = {
    "head": {"see_queue", "act_on_alert", "export", "look_up", "approve", "read_logs", "see_overview", "explore"},
    "analyst": {
        "see_queue",
        "act_on_alert",
        "export",
        "look_up",
        "tune_rules",
        "see_overview",
        "explore",
        "refresh",
        "merge_subjects",
    },
    "inspector": {"see_queue", "act_on_alert", "look_up"},
    "clerk": {"export", "look_up", "land", "refresh", "merge_subjects", "keep_policies", "enter_scores"},
    "officer": {"see_queue", "act_on_alert", "export", "look_up", "see_overview", "explore", "keep_policies", "enter_scores"},
    "county_officer": {
        "see_queue",
        "act_on_alert",
        "export",
        "look_up",
        "see_overview",
        "explore",
        "keep_policies",
        "enter_scores",
    },
    "approver": {"see_queue", "look_up", "approve", "see_overview", "explore"},
    "admin": {"manage_accounts", "read_logs", "see_overview"},
}


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize("role", MAY)
def test_each_role_may_exactly_what_the_table_says(fresh_casework, people, role, permission) -> None:
    casework, _ = fresh_casework("sqlite")
    person = people(casework, role)
    if permission in MAY[role]:
        require(casework, person, permission)
    else:
        with pytest.raises(NotAllowed, match="可以这样做的角色"):
            require(casework, person, permission)


def test_both_databases_hold_the_same_roles(casework, people) -> None:
    assert {role: set(people(casework, role).permissions) for role in MAY} == MAY
    assert roles_with(casework, "act_on_alert") == ["负责人", "分析员", "执法检查人员", "业务科室", "县局人员"]


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("county", [None, "盐湖区", "临猗县"])
def test_acknowledging_needs_the_role_and_the_county(fresh_casework, people, role, county) -> None:
    casework, _ = fresh_casework("sqlite")
    publish_conditions(casework, [condition(county="盐湖区")], DAY, NOW, "build1")
    alert = alerts.alerts_page(casework)[0][0]["alert_id"]
    person = people(casework, role, county)
    if "act_on_alert" in MAY[role] and county != "临猗县":
        assert acknowledge(casework, alert, person, "已核实", NOW)["acknowledged_by"] == person.user
        return
    words = "属于盐湖区，您的权限范围是临猗县" if "act_on_alert" in MAY[role] else "可以这样做的角色：负责人、分析员"
    with pytest.raises(NotAllowed) as caught:
        acknowledge(casework, alert, person, "已核实", NOW)
    assert words in str(caught.value)
    assert len(alerts.history(casework, alert)) == 1


def test_a_warning_without_a_county_is_for_people_of_the_city(casework, people) -> None:
    publish_conditions(casework, [condition(county=None)], DAY, NOW, "build1")
    alert = alerts.alerts_page(casework)[0][0]["alert_id"]
    with pytest.raises(NotAllowed, match="没有确定的县"):
        acknowledge(casework, alert, people(casework, "county_officer", "盐湖区"), "已核实", NOW)
    acknowledge(casework, alert, people(casework, "officer"), "已核实", NOW)


def test_a_look_up_is_city_wide_and_kept_with_who_whom_why_and_when(casework, people) -> None:
    person = people(casework, "county_officer", "盐湖区")
    reads.log_read(casework, person, "vehicle", "v1", "现场检查前核对", NOW)
    reads.log_read(casework, person, "practitioner", "p1", "other", NOW, "核对 140802199001010015")
    reads.log_read(casework, people(casework, "analyst"), "vehicle", "v1", "投诉核查", NOW)
    rows = reads.list_reads(casework)
    assert [(row["actor"], row["subject_id"], row["purpose_zh"], row["detail"]) for row in rows] == [
        ("analyst.city", "v1", "其他", "投诉核查"),
        ("county_officer.盐湖区", "p1", "其他", "核对 140802********0015"),
        ("county_officer.盐湖区", "v1", "现场检查前核对", None),
    ]
    assert (rows[2]["role"], rows[2]["county"], rows[2]["at"]) == ("county_officer", "盐湖区", NOW)
    assert [row["subject_id"] for row in reads.list_reads(casework, user="analyst.city")] == ["v1"]
    assert len(reads.list_reads(casework, subject_id="v1", limit=1)) == 1


@pytest.mark.parametrize("purpose", ["", "  ", "其他", "other"])
def test_a_look_up_without_a_purpose_is_refused(casework, people, purpose) -> None:
    with pytest.raises(BadArgument, match="查询目的"):
        reads.log_read(casework, people(casework, "inspector"), "vehicle", "v1", purpose, NOW)
    with pytest.raises(NotAllowed):
        reads.log_read(casework, people(casework, "admin"), "vehicle", "v1", "数据核对", NOW)
    assert reads.list_reads(casework) == []


def merge(casework, from_id, to_id, day=DAY) -> int:
    return merge_subjects(
        casework,
        subject_type="enterprise",
        from_id=from_id,
        to_id=to_id,
        decided_on=day,
        decided_by="li",
        evidence="同一代码",
        now=NOW,
    )


def test_a_merge_holds_from_its_day_and_is_undone_from_another(casework) -> None:
    number = merge(casework, "e1", "e2")
    undo_merge(casework, number, undone_on=date(2026, 11, 5), actor="li", now=NOW)
    assert redirect(casework, "e1", date(2026, 10, 30)) == "e1"
    assert redirect(casework, "e1", DAY) == "e2"
    assert redirect(casework, "e1", date(2026, 11, 4)) == "e2"
    assert redirect(casework, "e1", date(2026, 11, 5)) == "e1"
    with pytest.raises(NotFound):
        undo_merge(casework, number, undone_on=date(2026, 11, 6), actor="li", now=NOW)
    assert merge(casework, "e1", "e3", date(2026, 11, 5)) != number
    assert len(list_merges(casework)) == 2


def test_chains_are_followed_to_their_end(casework) -> None:
    merge(casework, "e1", "e2")
    merge(casework, "e2", "e3")
    assert active_merges(casework, DAY) == {"e1": "e3", "e2": "e3"}
    assert redirect(casework, "e9", DAY) == "e9"


def test_a_merge_that_closes_a_circle_or_comes_twice_is_refused(casework) -> None:
    merge(casework, "e1", "e2")
    merge(casework, "e2", "e3", date(2026, 12, 1))
    for from_id, to_id, words in [("e3", "e1", "一圈"), ("e4", "e4", "一圈"), ("e1", "e5", "先撤销")]:
        with pytest.raises(BadArgument, match=words):
            merge(casework, from_id, to_id)
    with pytest.raises(BadArgument, match="依据"):
        merge_subjects(
            casework,
            subject_type="enterprise",
            from_id="e5",
            to_id="e6",
            decided_on=DAY,
            decided_by="li",
            evidence=" ",
            now=NOW,
        )


def test_a_circle_over_days_in_which_a_subject_stood_in_two_others_is_refused(casework) -> None:
    number = merge(casework, "e1", "e3", date(2026, 10, 1))
    undo_merge(casework, number, undone_on=date(2026, 10, 2), actor="li", now=NOW)
    merge(casework, "e1", "e2", date(2026, 10, 2))
    with pytest.raises(BadArgument, match="一圈"):
        merge(casework, "e3", "e1", date(2026, 10, 1))


_IDS = st.sampled_from(["e1", "e2", "e3", "e4"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.tuples(_IDS, _IDS, st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=8))
def test_no_order_of_merges_and_undoings_ever_closes_a_circle(fresh_casework, wanted) -> None:
    casework, _ = fresh_casework("sqlite")
    for from_id, to_id, day, undone in wanted:
        try:
            number = merge(casework, from_id, to_id, date(2026, 10, 1 + day))
            if undone is not None:
                undo_merge(casework, number, undone_on=date(2026, 10, 1 + undone), actor="li", now=NOW)
        except BadArgument:
            continue
    for day in range(7):
        held = active_merges(casework, date(2026, 10, 1 + day))
        assert all(end not in held for end in held.values()), "an end of a chain is not merged itself"
    casework.close()
