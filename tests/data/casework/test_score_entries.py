"""Is a value entered by hand one row and its events, one at most for a fact, and taken back only with a reason?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework.events import list_events
from data.casework.integrity import check_casework
from data.casework.merges import merge_subjects, undo_merge
from data.casework.scores import Given, enter_score, entries, withdraw_score
from data.casework.tables import score_entry
from data.errors import NotAllowed, NotFound, XinjianError

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ONE = Given(
    "road_company_quality_2006", "2006", "enterprise", "e1", "永济市", 2026, "management_score", "168.5", "查看问评",
    "现场记录3号",
)  # fmt: skip


def test_an_entry_is_one_row_and_one_event_and_stands_until_it_is_withdrawn(casework, people) -> None:
    officer = people(casework, "county_officer", "永济市")
    number = enter_score(casework, officer, ONE, NOW)
    (kept,) = entries(casework, "e1")
    assert (kept.entry_id, kept.value, kept.method, kept.entered_by, kept.entered_at) == (
        number, "168.5", "查看问评", officer.user, NOW,
    )  # fmt: skip
    withdraw_score(casework, officer, number, "录错了一户", NOW)
    assert entries(casework) == []
    (gone,) = entries(casework, withdrawn=True)
    assert (gone.withdrawn_by, gone.withdrawn_why) == (officer.user, "录错了一户")
    log = list_events(casework, limit=2)
    assert [(one["kind_zh"], one["subject_id"], one["payload"]["value"]) for one in log] == [
        ("撤回评分", "e1", "168.5"), ("录入评分", "e1", "168.5"),
    ]  # fmt: skip
    assert check_casework(casework) == []


def test_entering_again_takes_the_value_before_it_back_and_leaves_other_facts_and_years(casework, people) -> None:
    clerk = people(casework, "clerk")
    for given_ in (ONE, replace(ONE, year=2025), replace(ONE, fact="bonus_score"), replace(ONE, subject_id="e2")):
        enter_score(casework, clerk, given_, NOW)
    enter_score(casework, clerk, replace(ONE, value="170"), NOW + timedelta(minutes=1))
    standing = [(one.subject_id, one.year, one.fact, one.value) for one in entries(casework)]
    assert standing == [
        ("e1", 2025, "management_score", "168.5"), ("e1", 2026, "bonus_score", "168.5"),
        ("e2", 2026, "management_score", "168.5"), ("e1", 2026, "management_score", "170"),
    ]  # fmt: skip
    first = entries(casework, "e1", withdrawn=True)[0]
    assert (first.value, first.withdrawn_why) == ("168.5", "改为 170")


def test_no_role_without_the_right_and_no_county_for_another_may_enter_or_take_back(casework, people) -> None:
    number = enter_score(casework, people(casework, "clerk"), ONE, NOW)
    other = people(casework, "county_officer", "盐湖区")
    before = len(list_events(casework))
    for refused in (
        lambda: enter_score(casework, other, ONE, NOW),
        lambda: enter_score(casework, other, replace(ONE, county=None), NOW),
        lambda: withdraw_score(casework, other, number, "x", NOW),
    ):
        with pytest.raises(NotAllowed, match="您的权限范围是盐湖区"):
            refused()
    for role in ("head", "approver", "inspector", "analyst", "admin"):
        with pytest.raises(NotAllowed, match="不能录入评分"):
            enter_score(casework, people(casework, role), ONE, NOW)
    assert len(list_events(casework)) == before


def test_what_is_not_there_is_not_withdrawn_and_nothing_twice(casework, people) -> None:
    clerk = people(casework, "clerk")
    with pytest.raises(NotFound):
        withdraw_score(casework, clerk, 99, "x", NOW)
    number = enter_score(casework, clerk, ONE, NOW)
    withdraw_score(casework, clerk, number, "x", NOW)
    with pytest.raises(NotAllowed, match="撤回"):
        withdraw_score(casework, clerk, number, "x", NOW)


def test_what_was_entered_for_a_merged_subject_is_told_of_the_one_that_stands_for_it(casework, people) -> None:
    clerk = people(casework, "clerk")
    enter_score(casework, clerk, ONE, NOW)
    enter_score(casework, clerk, replace(ONE, subject_id="e9", fact="bonus_score", value="5"), NOW)
    told = {"subject_type": "enterprise", "decided_by": "clerk", "evidence": "同一执照", "now": NOW}
    merge = merge_subjects(casework, from_id="e1", to_id="e9", decided_on=date(2026, 11, 2), **told)
    assert [(one.subject_id, one.value) for one in entries(casework, "e9")] == [("e9", "168.5"), ("e9", "5")]
    enter_score(casework, clerk, replace(ONE, subject_id="e9", value="170"), NOW)
    assert [one.value for one in entries(casework, "e9")] == ["5", "170"]
    undo_merge(casework, merge, undone_on=date(2026, 11, 3), actor="clerk", now=NOW)
    assert [one.subject_id for one in entries(casework, "e1", withdrawn=True)] == ["e1"]
    assert check_casework(casework) == []


def test_numbers_of_persons_in_a_reason_are_masked_in_row_and_event(casework, people) -> None:
    clerk = people(casework, "clerk")
    number = enter_score(casework, clerk, replace(ONE, note="见 140802199001010015 的笔录，电话 13800000001"), NOW)
    withdraw_score(casework, clerk, number, "当事人 140802199001010015 更正", NOW)
    (kept,) = entries(casework, withdrawn=True)
    whole = f"{kept}{[one['payload'] for one in list_events(casework)]}"
    assert "140802199001010015" not in whole
    assert "13800000001" not in whole
    assert check_casework(casework) == []


def test_a_row_that_somebody_changed_by_hand_is_told(casework, people) -> None:
    number = enter_score(casework, people(casework, "clerk"), ONE, NOW)
    with casework.writing() as con:
        con.execute(score_entry.update().values(value="200"))
    assert check_casework(casework) == [f"评分录入第 {number} 条与事件不符"]
    with casework.writing() as con:
        con.execute(sa.delete(score_entry))
    assert check_casework(casework) == [f"评分录入第 {number} 条有事件，没有记录"]


_ACTS = st.lists(st.tuples(st.booleans(), st.sampled_from("ab"), st.integers(0, 2), st.integers(1, 6)), max_size=10)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS)
def test_whatever_is_entered_and_taken_back_one_value_stands_for_a_fact_and_the_events_say_the_same(
    fresh_casework, people, database, acts
) -> None:
    casework, _ = fresh_casework(database)
    clerk = people(casework, "clerk")
    for step, (enters, subject, fact, number) in enumerate(acts):
        now = NOW + timedelta(minutes=step)
        try:
            if enters:
                enter_score(casework, clerk, replace(ONE, subject_id=subject, fact=f"f{fact}", value=str(number)), now)
            else:
                withdraw_score(casework, clerk, number, "x", now)
        except XinjianError:
            pass
        assert check_casework(casework) == []
        keys = [(one.subject_id, one.fact) for one in entries(casework)]
        assert len(keys) == len(set(keys))
    casework.close()
