"""Is a saved view its owner's alone until shared, under one name, and always what its events add up to?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.casework.events import list_events
from data.casework.integrity import check_casework
from data.casework.tables import saved_view
from data.casework.views import MOST, NAME_LENGTH, PART_LENGTH, remove_view, rename_view, save_view, share_view, views
from data.errors import BadArgument, NotAllowed, NotFound, XinjianError

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
HIGH = {"risk": "高", "county": "永济市", "view": "清单"}


@pytest.fixture
def analyst(casework, people):
    return people(casework, "analyst")


def test_a_view_is_kept_renamed_shared_and_removed_each_with_its_event(casework, analyst) -> None:
    number = save_view(casework, analyst, "  永济  高风险 ", HIGH, NOW)
    (kept,) = views(casework, analyst)
    assert (kept.view_id, kept.name, kept.address, kept.shared, kept.saved_at) == (number, "永济 高风险", HIGH, False, NOW)
    rename_view(casework, analyst, number, "永济", NOW)
    share_view(casework, analyst, number, True, NOW)
    assert [(one.name, one.shared) for one in views(casework, analyst)] == [("永济", True)]
    remove_view(casework, analyst, number, NOW)
    assert views(casework, analyst) == []
    assert [one["kind_zh"] for one in list_events(casework, limit=4)] == ["删除视图", "共享视图", "视图改名", "保存视图"]
    assert check_casework(casework) == []
    with pytest.raises(NotFound):
        remove_view(casework, analyst, number, NOW)


def test_what_changes_nothing_leaves_no_event(casework, analyst) -> None:
    number = save_view(casework, analyst, "甲", HIGH, NOW)
    before = len(list_events(casework))
    rename_view(casework, analyst, number, " 甲 ", NOW)
    share_view(casework, analyst, number, False, NOW)
    assert len(list_events(casework)) == before


def test_others_see_a_view_only_while_it_is_shared_and_never_change_it(casework, people, analyst) -> None:
    other = people(casework, "county_officer", "盐湖区")
    number = save_view(casework, analyst, "甲", HIGH, NOW)
    assert views(casework, other) == []
    share_view(casework, analyst, number, True, NOW)
    own = save_view(casework, other, "甲", {"risk": "低"}, NOW)
    assert [(one.view_id, one.owner) for one in views(casework, other)] == [(own, other.user), (number, analyst.user)]
    for change in (
        lambda: rename_view(casework, other, number, "乙", NOW),
        lambda: share_view(casework, other, number, False, NOW),
        lambda: remove_view(casework, other, number, NOW),
    ):
        with pytest.raises(NotFound, match="您没有这个视图"):
            change()
    share_view(casework, analyst, number, False, NOW)
    assert [one.view_id for one in views(casework, other)] == [own]


def test_a_role_that_may_not_explore_keeps_and_sees_no_view(casework, people, analyst) -> None:
    share_view(casework, analyst, save_view(casework, analyst, "甲", HIGH, NOW), True, NOW)
    clerk = people(casework, "clerk")
    for act in (lambda: save_view(casework, clerk, "乙", HIGH, NOW), lambda: views(casework, clerk)):
        with pytest.raises(NotAllowed, match="分析员"):
            act()


@pytest.mark.parametrize("double", ["高风险A", "高风险ａ", " 高风险a "])
def test_the_same_name_is_refused_whatever_its_case_and_width(casework, analyst, double) -> None:
    save_view(casework, analyst, "高风险A", HIGH, NOW)
    other = save_view(casework, analyst, "乙", HIGH, NOW)
    with pytest.raises(BadArgument, match="已经有一个叫“高风险A”的视图"):
        save_view(casework, analyst, double, {}, NOW)
    with pytest.raises(BadArgument, match="已经有一个叫“高风险A”的视图"):
        rename_view(casework, analyst, other, double, NOW)
    assert len(views(casework, analyst)) == 2


def test_a_removed_name_may_be_used_again(casework, analyst) -> None:
    remove_view(casework, analyst, save_view(casework, analyst, "甲", HIGH, NOW), NOW)
    save_view(casework, analyst, "甲", {}, NOW)
    assert [one.address for one in views(casework, analyst)] == [{}]


@pytest.mark.parametrize(
    "name", ["", "  \n\t ", "\u202e\x00", "长" * (NAME_LENGTH + 1), "见 140802199001010015", "13800000001"]
)
def test_no_view_has_a_name_that_says_nothing_too_much_or_a_persons_number(casework, analyst, name) -> None:
    with pytest.raises(BadArgument, match="名称"):
        save_view(casework, analyst, name, HIGH, NOW)
    assert views(casework, analyst) == []


def test_quotes_and_emoji_are_names_and_values_like_others(casework, analyst) -> None:
    odd = {"sector": "'; drop table saved_view; --", "fleet": '😀"\\'}
    save_view(casework, analyst, "😀 '\"\\; --", odd, NOW)
    assert [(one.name, one.address) for one in views(casework, analyst)] == [("😀 '\"\\; --", odd)]
    assert check_casework(casework) == []


def test_an_address_without_end_is_refused(casework, analyst) -> None:
    for address in ({"compare": "e" * (PART_LENGTH + 1)}, {"x" * (PART_LENGTH + 1): "1"}):
        with pytest.raises(BadArgument, match="太长"):
            save_view(casework, analyst, "甲", address, NOW)


def test_fifty_views_are_the_most(casework, analyst) -> None:
    numbers = [save_view(casework, analyst, f"第{place}个", {}, NOW) for place in range(MOST)]
    with pytest.raises(NotAllowed, match="最多保存 50 个"):
        save_view(casework, analyst, "再一个", {}, NOW)
    save_view(casework, replace(analyst, user="another"), "别人的", {}, NOW)
    remove_view(casework, analyst, numbers[0], NOW)
    save_view(casework, analyst, "再一个", {}, NOW)


def test_a_row_that_somebody_changed_by_hand_is_told(casework, analyst) -> None:
    number = save_view(casework, analyst, "甲", HIGH, NOW)
    with casework.writing() as con:
        con.execute(saved_view.update().values(shared=True))
    assert check_casework(casework) == [f"保存的视图第 {number} 个与事件不符"]
    with casework.writing() as con:
        con.execute(sa.delete(saved_view))
    assert check_casework(casework) == [f"保存的视图第 {number} 个有事件，没有记录"]


_ACTS = st.lists(st.tuples(st.sampled_from("srhd"), st.integers(1, 4), st.sampled_from("甲乙丙"), st.booleans()), max_size=10)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=_ACTS)
def test_whatever_is_done_names_stay_apart_and_the_events_say_the_same(fresh_casework, people, database, acts) -> None:
    casework, _ = fresh_casework(database)
    analyst = people(casework, "analyst")
    for step, (act, number, name, shared) in enumerate(acts):
        now = NOW + timedelta(minutes=step)
        try:
            if act == "s":
                save_view(casework, analyst, name, {"risk": "高"}, now)
            elif act == "r":
                rename_view(casework, analyst, number, name, now)
            elif act == "h":
                share_view(casework, analyst, number, shared, now)
            else:
                remove_view(casework, analyst, number, now)
        except XinjianError:
            pass
        names = [one.name for one in views(casework, analyst)]
        assert len(names) == len(set(names))
        assert check_casework(casework) == []
    casework.close()
